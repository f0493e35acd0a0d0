import { type BigIntStats, constants, type Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { HistoryUnavailableError } from './errors';
import { PackedNames } from './packed-names';
import { earliestName, isRecordName } from './record-name';
import { childPath, ROOT, shardSpan } from './shard-path';
import type { StorageGate } from './storage-gate';

/** What one directory of the history holds, without its foreign entries. Both ascend. */
export interface Shard {
  readonly names: PackedNames;
  /** The paths of the directories below it. */
  readonly children: readonly string[];
}

interface Listing extends Shard {
  readonly modified: bigint;
  /** Whether a later change could have left `modified` as it was. */
  readonly doubtful: boolean;
  checked: number;
}

/** How long a listing is answered from memory before the directory is looked at again, in milliseconds. */
export const FRESH = 1000;
/** Two changes this close, in milliseconds, may carry one modification time: clocks tick coarsely and differ. */
const SAME_TICK = 2000;
/** How much memory the listings may take, in bytes: a million and a half names, at 16 bytes each. */
export const CACHE = 24 * 1024 * 1024;

const EMPTY: Shard = { names: PackedNames.NONE, children: [] };

/**
 * Reads the history's directories, each again only when its modification time says that it changed. A listing is at most
 * one second behind the file system; memory stays bounded however large the history is.
 */
export class Shards {
  readonly #directory: string;
  readonly #gate: StorageGate;
  readonly #clock: () => number;
  readonly #listings = new LRUCache<string, Listing>({
    maxSize: CACHE,
    sizeCalculation: ({ names, children }) => 500 + 16 * names.length + 50 * children.length,
  });
  readonly #loading = new Map<string, Promise<Shard>>();

  constructor(directory: string, gate: StorageGate, clock: () => number) {
    this.#directory = directory;
    this.#gate = gate;
    this.#clock = clock;
  }

  /** @throws HistoryUnavailableError when the storage fails or does not answer in time, or the root is missing. */
  async load(path: string): Promise<Shard> {
    const listing = this.#listings.get(path);
    if (listing && this.#clock() - listing.checked < FRESH) return listing;
    let loading = this.#loading.get(path);
    if (!loading) {
      loading = this.#look(path, listing).finally(() => this.#loading.delete(path));
      this.#loading.set(path, loading);
    }
    return loading;
  }

  async #look(path: string, known: Listing | undefined): Promise<Shard> {
    const checked = this.#clock();
    try {
      const { mtimeNs: modified } = await this.#gate.run(() => this.#statDirectory(path));
      if (known && known.modified === modified && !known.doubtful) {
        known.checked = checked;
        return known;
      }
      const entries = await this.#gate.run(() =>
        readdir(join(this.#directory, path), { withFileTypes: true }),
      );
      const doubtful = checked - Number(modified / 1_000_000n) < SAME_TICK;
      const listing = { ...recordsAmong(entries, path), modified, doubtful, checked };
      this.#listings.set(path, listing);
      return listing;
    } catch (error) {
      if (error instanceof HistoryUnavailableError) throw error;
      this.#listings.delete(path);
      const { code } = error as NodeJS.ErrnoException;
      // An operator may take a whole month away; only the history itself has to be there.
      if (path !== ROOT && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code as string)) return EMPTY;
      throw new HistoryUnavailableError(`The history's storage failed: ${code ?? error}.`, { cause: error });
    }
  }

  /**
   * The NFS client may answer `stat` from its own memory, up to a minute old (acdirmax in nfs(5)). When a directory is opened,
   * Linux asks the server: close-to-open consistency, nfs_lookup_verify_inode in its fs/nfs/dir.c (`npm run test:nfs`).
   */
  async #statDirectory(path: string): Promise<BigIntStats> {
    // The operator may choose a symbolic link as the history; below it, none is followed. O_DIRECTORY refuses whatever is
    // no directory before it is opened, so that a pipe is not waited for.
    const follow = path === ROOT ? 0 : constants.O_NOFOLLOW;
    const flags = constants.O_RDONLY | constants.O_DIRECTORY | follow;
    const directory = await open(join(this.#directory, path), flags);
    try {
      return await directory.stat({ bigint: true });
    } finally {
      await directory.close();
    }
  }
}

/** Leaves out whatever is not a regular file or a directory of the right name, in the place that its time gives it. */
function recordsAmong(entries: Dirent[], path: string): Shard {
  const names: string[] = [];
  const children: string[] = [];
  for (const entry of entries) {
    if (entry.isFile()) {
      if (path !== ROOT && isRecordName(entry.name)) names.push(entry.name);
    } else if (entry.isDirectory()) {
      const child = childPath(path, entry.name);
      if (shardSpan(child)) children.push(child);
    }
  }
  return { names: withinSpan(PackedNames.from(names.sort()), path), children: children.sort() };
}

function withinSpan(names: PackedNames, path: string): PackedNames {
  if (names.length === 0) return names;
  const { from, to } = shardSpan(path) as { from: number; to: number };
  return names.slice(names.lowerBound(earliestName(from)), names.lowerBound(earliestName(to)));
}
