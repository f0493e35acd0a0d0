import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SHARD_CAPACITY, shardPaths } from './shard-path';

/** Where records are written before they get their name. The listing ignores it, as everything that is not a month. */
export const INCOMING = '.incoming';

/** Another container owns the name already. */
export class NameTakenError extends Error {
  override name = 'NameTakenError';
}

/**
 * A record on its way into the history in `directory`, an absolute path.
 *
 * The file is written and synced under a temporary name, then linked to its own. `link` is atomic on NFS, and fails when
 * the name exists: so a record is whole or absent, and no two containers own one name.
 */
export class Publication {
  readonly #directory: string;
  readonly #name: string;
  readonly #text: string;
  /** Where it belongs, decided once: the month's directory may fill up, and an attempt that was given up may yet succeed. */
  #shard: string | undefined;

  constructor(directory: string, name: string, text: string) {
    this.#directory = directory;
    this.#name = name;
    this.#text = text;
  }

  /**
   * Once it resolves, the record survives a power cut. May be repeated after a failure.
   * @throws NameTakenError when there is a record of that name with another text.
   */
  async attempt(): Promise<void> {
    const incoming = join(this.#directory, INCOMING);
    const created = await mkdir(incoming, { recursive: true });
    const temporary = join(incoming, `${this.#name}.${randomUUID()}`);
    let shard: string;
    try {
      await writeSynced(temporary, this.#text);
      const found = await shardFor(this.#directory, this.#name);
      this.#shard ??= found;
      shard = join(this.#directory, this.#shard);
      await mkdir(shard, { recursive: true });
      await linkExclusively(temporary, join(shard, this.#name), this.#text);
    } finally {
      await unlink(temporary).catch(() => undefined);
    }
    await syncUpwards(shard, created ? dirname(created) : this.#directory);
  }
}

/** Publishes at the first attempt, or not at all. */
export const publish = (directory: string, name: string, text: string): Promise<void> =>
  new Publication(directory, name, text).attempt();

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

/** The shard that has the record already, wherever that is, or the first with room for it. */
async function shardFor(directory: string, name: string): Promise<string> {
  const paths = shardPaths(name);
  let withRoom: string | undefined;
  for (const path of paths) {
    const entries = await entriesOf(join(directory, path));
    if (entries?.includes(name)) return path;
    if (!withRoom && (entries?.length ?? 0) < SHARD_CAPACITY) withRoom = path;
    // Nothing is below a directory that is not there.
    if (!entries) break;
  }
  return withRoom ?? (paths.at(-1) as string);
}

async function entriesOf(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
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
