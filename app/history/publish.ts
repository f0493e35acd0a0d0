import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SHARD_CAPACITY, shardPaths } from './shard-path';

/** Where records are written before they get their name. The listing ignores it, as everything that is not a month. */
const INCOMING = '.incoming';

/** Another container owns the name already. */
export class NameTakenError extends Error {
  override name = 'NameTakenError';
}

/**
 * Adds a record to the history in `directory`, an absolute path: once it resolves, the record survives a power cut.
 *
 * The file is written and synced under a temporary name, then linked to its own. `link` is atomic on NFS, and fails when
 * the name exists: so a record is whole or absent, and no two containers own one name. May be repeated after a failure.
 *
 * @throws NameTakenError when there is a record of that name with another text.
 */
export async function publish(directory: string, name: string, text: string): Promise<void> {
  const incoming = join(directory, INCOMING);
  const created = await mkdir(incoming, { recursive: true });
  const temporary = join(incoming, `${name}.${randomUUID()}`);
  let shard: string;
  try {
    await writeSynced(temporary, text);
    shard = join(directory, await shardWithRoom(directory, name));
    await mkdir(shard, { recursive: true });
    await linkExclusively(temporary, join(shard, name), text);
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
  await syncUpwards(shard, created ? dirname(created) : directory);
}

/** Writes a new file and returns once its content is on the disk. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function shardWithRoom(directory: string, name: string): Promise<string> {
  const paths = shardPaths(name);
  for (const path of paths) {
    if ((await countEntries(join(directory, path))) < SHARD_CAPACITY) return path;
  }
  return paths.at(-1) as string;
}

async function countEntries(path: string): Promise<number> {
  try {
    return (await readdir(path)).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function linkExclusively(from: string, to: string, text: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // An earlier attempt may have succeeded though its answer was lost, as NFS allows.
    if ((await readFile(to, 'utf8')) !== text)
      throw new NameTakenError(`${to} belongs to another container.`);
  }
}

/** Also the directories that another container made a moment ago: it may not have come to sync them yet. */
async function syncUpwards(from: string, to: string): Promise<void> {
  for (let path = from; ; path = dirname(path)) {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    if (path === to) return;
  }
}
