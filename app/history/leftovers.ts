import { lstat, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { INCOMING } from './publish';
import { isRecordName } from './record-name';
import type { StorageGate } from './storage/storage-gate';

/** A temporary file this old, in milliseconds, is nobody's: a container tries to publish for an hour at the most. */
const NOBODYS = 86_400_000;
/** How many are removed at a time. */
const AT_MOST = 1000;
/** The hyphenated UUID that makes a temporary name unique, with the dot before it. */
const ENDING = /\.[0-9a-f-]{36}$/;

interface LeftoverOptions {
  /** The history's directory. */
  directory: string;
  gate: StorageGate;
  /** Goes no further when it is aborted. */
  stop: AbortSignal;
}

/**
 * Removes what containers that were killed while they published have left, the oldest first. Call it after publishing: the
 * directory was changed a moment ago, so its own time is the file server's present one, and no container's clock counts.
 * @throws HistoryUnavailableError or the error of the storage.
 */
export async function removeLeftovers({ directory, gate, stop }: LeftoverOptions): Promise<void> {
  const incoming = join(directory, INCOMING);
  const names = await gate.run(() => readdir(incoming));
  const { mtimeMs: now } = await gate.run(() => stat(incoming));
  const leftovers = names.filter((name) => ENDING.test(name) && isRecordName(name.replace(ENDING, '')));
  for (const name of leftovers.sort().slice(0, AT_MOST)) {
    if (stop.aborted) return;
    await gate.run(() => removeIfOld(join(incoming, name), now));
  }
}

async function removeIfOld(path: string, now: number): Promise<void> {
  try {
    const stats = await lstat(path);
    if (stats.isFile() && now - stats.mtimeMs > NOBODYS) await unlink(path);
  } catch (error) {
    // Its owner, or another container that starts, was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
