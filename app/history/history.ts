import { join } from 'node:path';
import { Census } from './census';
import { PackedNames } from './packed-names';
import { readRecord } from './read-record';
import { earliestName, recordId, recordName } from './record-name';
import { ROOT, shardPaths, shardSpan } from './shard-path';
import { Shards } from './shards';
import { StorageGate } from './storage-gate';

export interface Page {
  /** Ascending; they are listed newest first. */
  names: PackedNames;
  /** How many files there are in all, or null while a long history is being counted for the first time. */
  total: number | null;
  /** The cursor of the page after this one, or null on the last. */
  next: string | null;
}

export interface HistoryOptions {
  directory: string;
  /** The name that pages, batches and totals leave out: this container's. */
  own: string;
  gate?: StorageGate;
  /** @returns milliseconds since 1970. */
  clock?: () => number;
}

/** How long one look at the storage, and a whole answer, may take, in milliseconds: clients get theirs within 2 s. */
export const DEADLINE = 1500;
/** How many names a chunk of lines holds, 52 bytes each: what waits in memory for each client that reads slowly. */
const CHUNK = 1024;
/** Of libuv's four threads, those that storage may block. */
const WIDTH = 3;

/**
 * The files that other containers left in the directory that all of them share. A reading costs what changed since the
 * last one, not what exists, and never takes longer than the deadline.
 *
 * Every method throws HistoryUnavailableError when the storage fails or does not answer in time.
 */
export class History {
  readonly #directory: string;
  readonly #own: string;
  readonly #gate: StorageGate;
  readonly #shards: Shards;
  readonly #census: Census;

  constructor({ directory, own, gate = historyGate(), clock = Date.now }: HistoryOptions) {
    this.#directory = directory;
    this.#own = own;
    this.#gate = gate;
    this.#shards = new Shards(directory, gate, clock);
    this.#census = new Census(this.#shards, clock);
  }

  /** Up to `limit` of the files older than the cursor `after`, or of the newest. */
  page(query: { limit: number; after?: string | undefined }): Promise<Page> {
    return this.#gate.inTime(this.#page(query));
  }

  /** The names of all files as lines, newest first, in chunks that fit into memory however many there are. */
  async *lines(): AsyncGenerator<Buffer> {
    for await (const run of this.#runs(ROOT, { readAhead: true })) {
      for (let end = run.length; end > 0; end -= CHUNK)
        yield run.slice(Math.max(0, end - CHUNK), end).toLines();
    }
  }

  /** The text of the file of that name; `undefined` when the history has no such file. */
  read(name: string): Promise<Buffer | undefined> {
    return this.#gate.inTime(this.#read(name));
  }

  /** Resolves when the history can be read. */
  async check(): Promise<void> {
    await this.#shards.load(ROOT);
  }

  async #page({ limit, after }: { limit: number; after?: string | undefined }): Promise<Page> {
    const runs: PackedNames[] = [];
    let count = 0;
    for await (const run of this.#runs(ROOT, { bound: after && recordName(after) })) {
      runs.push(run.slice(Math.max(0, run.length - (limit + 1 - count))));
      count += run.length;
      if (count > limit) break;
    }
    const found = PackedNames.concat(runs.toReversed());
    const more = found.length > limit;
    const names = more ? found.slice(1) : found;
    return { names, total: await this.#total(), next: more ? recordId(names.at(0)) : null };
  }

  async #total(): Promise<number | null> {
    const total = await this.#census.total();
    return total !== null && (await this.#find(this.#own)) ? total - 1 : total;
  }

  async #read(name: string): Promise<Buffer | undefined> {
    const path = await this.#find(name);
    if (path === undefined) return undefined;
    return this.#gate.run(() => readRecord(join(this.#directory, path, name)));
  }

  /** The path of the shard that holds the record. Found by walking down, so that no foreign symbolic link is followed. */
  async #find(name: string): Promise<string | undefined> {
    let shard = await this.#shards.load(ROOT);
    for (const path of shardPaths(name)) {
      if (!shard.children.includes(path)) return undefined;
      shard = await this.#shards.load(path);
      if (shard.names.includes(name)) return path;
    }
    return undefined;
  }

  /**
   * The names below `path` that sort before `bound`, as ascending runs of one or more, the newest run first. A shard's
   * own names and those of its children may interleave, so each child gets those of its parents' that fall into its span.
   */
  async *#runs(
    path: string,
    options: { bound?: string | undefined; readAhead?: boolean },
    inherited = PackedNames.NONE,
  ): AsyncGenerator<PackedNames> {
    const { bound, readAhead } = options;
    const { names, children } = await this.#shards.load(path);
    let rest = names.merge(inherited).without(this.#own);
    if (bound) rest = rest.slice(0, rest.lowerBound(bound));

    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i] as string;
      const { from, to } = shardSpan(child) as { from: number; to: number };
      if (bound && earliestName(from) >= bound) continue;
      if (readAhead) this.#readAhead(children.slice(Math.max(0, i - WIDTH), i).toReversed());
      const newer = rest.slice(rest.lowerBound(earliestName(to)));
      if (newer.length > 0) yield newer;
      const older = rest.lowerBound(earliestName(from));
      yield* this.#runs(child, options, rest.slice(older, rest.length - newer.length));
      rest = rest.slice(0, older);
    }
    if (rest.length > 0) yield rest;
  }

  /** While one shard's names are on their way to the client, those of the next are on theirs from the storage. */
  #readAhead(paths: readonly string[]): void {
    for (const path of paths) this.#shards.load(path).catch(() => undefined);
  }
}

/** The gate for one process's history. */
export const historyGate = (): StorageGate => new StorageGate({ width: WIDTH, deadline: DEADLINE });
