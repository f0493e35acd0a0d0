import { constants, type Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock';
import { HistoryOverloadedError, HistoryUnavailableError } from '../errors';
import { earliestName, isRecordName } from '../record-name';
import { childPath, ROOT, shardSpan } from '../shard-path';
import { PackedNames } from './packed-names';
import type { StorageGate } from './storage-gate';

/** What one directory of the history holds, without its foreign entries. Both ascend. */
export interface Shard {
  readonly names: PackedNames;
  /** The directories below it. */
  readonly children: readonly Child[];
}

export interface Child {
  readonly path: string;
  /** The lowest name that it may hold. */
  readonly from: string;
  /** The lowest name that is above all that it may hold. */
  readonly to: string;
}

interface Listing extends Shard {
  readonly modified: bigint;
  /** When this modification time was seen for the first time. */
  readonly since: number;
  /** Whether any later change has another modification time. */
  readonly settled: boolean;
  checked: number;
}

/** How long a listing is answered from memory before the directory is looked at again, in milliseconds. */
export const FRESH = 1000;
/** Two changes this close, in milliseconds, may carry one modification time: file servers' clocks tick coarsely. */
const SAME_TICK = 2000;
/** What was modified so long ago, in milliseconds, was not modified just now, however wrong a clock may be. */
const LONG_AGO = 86_400_000;
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
  readonly #clock: Clock;
  readonly #listings = new LRUCache<string, Listing>({
    maxSize: CACHE,
    sizeCalculation: ({ names, children }) => 500 + 16 * names.length + 300 * children.length,
  });
  readonly #loading = new Map<string, Promise<Shard>>();

  constructor(directory: string, gate: StorageGate, clock: Clock) {
    this.#directory = directory;
    this.#gate = gate;
    this.#clock = clock;
  }

  /**
   * What the directory holds: at once if that is known, else when it has been looked at, once for all who ask.
   * @throws HistoryUnavailableError when the storage fails or does not answer in time, or the root is missing.
   */
  load(path: string): Shard | Promise<Shard> {
    const listing = this.#listings.get(path);
    if (listing && this.#clock.elapsed() - listing.checked < FRESH) return listing;
    let loading = this.#loading.get(path);
    if (!loading) {
      loading = this.#look(path, listing).finally(() => this.#loading.delete(path));
      this.#loading.set(path, loading);
    }
    return loading;
  }

  async #look(path: string, known: Listing | undefined): Promise<Shard> {
    const checked = this.#clock.elapsed();
    try {
      const changed = await this.#gate.run(() => this.#read(path, known));
      if (!changed) {
        (known as Listing).checked = checked;
        return known as Listing;
      }
      const { entries, ...times } = changed;
      const listing = { ...recordsAmong(entries, path), ...times, checked };
      this.#listings.set(path, listing);
      return listing;
    } catch (error) {
      if (error instanceof HistoryUnavailableError || error instanceof HistoryOverloadedError) throw error;
      this.#listings.delete(path);
      const { code } = error as NodeJS.ErrnoException;
      // An operator may take a whole month away; only the history itself has to be there.
      if (path !== ROOT && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code as string)) return EMPTY;
      throw new HistoryUnavailableError(`The history's storage failed: ${code ?? error}.`, { cause: error });
    }
  }

  /**
   * What the directory holds, or nothing where it has not changed. One operation, because each waits for its turn.
   *
   * The NFS client may answer `stat` from its own memory, up to a minute old (acdirmax in nfs(5)). When a directory is opened,
   * Linux asks the server: close-to-open consistency, nfs_lookup_verify_inode in its fs/nfs/dir.c (`npm run test:nfs`).
   */
  async #read(path: string, known: Listing | undefined) {
    // The operator may choose a symbolic link as the history; below it, none is followed. O_DIRECTORY refuses whatever is
    // no directory before it is opened, so that a pipe is not waited for.
    const follow = path === ROOT ? 0 : constants.O_NOFOLLOW;
    const flags = constants.O_RDONLY | constants.O_DIRECTORY | follow;
    const directory = await open(join(this.#directory, path), flags);
    const { mtimeNs: modified } = await directory.stat({ bigint: true }).finally(() => directory.close());
    const unchanged = known?.modified === modified;
    if (unchanged && known.settled) return undefined;
    const read = this.#clock.elapsed();
    const since = unchanged ? known.since : read;
    const settled =
      read - since >= SAME_TICK || this.#clock.wall() - Number(modified / 1_000_000n) > LONG_AGO;
    const entries = await readdir(join(this.#directory, path), { withFileTypes: true });
    return { entries, modified, since, settled };
  }
}

/** Leaves out whatever is not a regular file or a directory of the right name, in the place that its time gives it. */
function recordsAmong(entries: Dirent[], path: string): Shard {
  const names: string[] = [];
  const children: Child[] = [];
  for (const entry of entries) {
    if (entry.isFile()) {
      if (path !== ROOT && isRecordName(entry.name)) names.push(entry.name);
    } else if (entry.isDirectory()) {
      const child = childPath(path, entry.name);
      const span = shardSpan(child);
      if (span) children.push({ path: child, from: earliestName(span.from), to: earliestName(span.to) });
    }
  }
  children.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { names: withinSpan(PackedNames.from(names.sort()), path), children };
}

function withinSpan(names: PackedNames, path: string): PackedNames {
  if (names.length === 0) return names;
  const { from, to } = shardSpan(path) as { from: number; to: number };
  return names.slice(names.lowerBound(earliestName(from)), names.lowerBound(earliestName(to)));
}
