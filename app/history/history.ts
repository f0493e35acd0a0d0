import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { turn } from '../turns';
import { type Clock, systemClock } from './clock';
import { HistoryOverloadedError } from './errors';
import { Listings } from './listings';
import { type PageOfNames, type PageQuery, pageOf } from './page';
import { readRecord } from './read-record';
import { ROOT, shardPaths } from './shard-path';
import { Census } from './storage/census';
import { Shards } from './storage/shards';
import { StorageGate } from './storage/storage-gate';

export interface Page extends PageOfNames {
  /** How many files there are in all, or null while a long history is being counted for the first time. */
  total: number | null;
}

export interface HistoryOptions {
  directory: string;
  /** The name that pages, lines and totals leave out: this container's. */
  own: string;
  gate?: StorageGate;
  clock?: Clock;
}

/** How long one look at the storage, and a whole answer, may take, in milliseconds: clients get theirs within 2 s. */
export const DEADLINE = 1500;
/** So many names are written out as quickly as any small answer. */
const FEW = 100;
/** How many pages may be under way: more would wait for too long. */
const PAGES = 200;
const TOO_MANY = new HistoryOverloadedError('Too many pages are asked for; try again later.');
/** How much memory the texts that were read may take, in bytes: some ten thousand. */
const TEXTS = 4 * 1024 * 1024;
/** Of libuv's four threads, those that storage may block. */
const WIDTH = 3;

/**
 * The files that other containers left in the directory that all of them share. A reading costs what changed since the
 * last one, not what exists, and never takes longer than the deadline.
 *
 * Every method throws HistoryUnavailableError when the storage fails or does not answer in time, and HistoryOverloadedError
 * when others ask for too much.
 */
export class History {
  readonly #directory: string;
  readonly #own: string;
  readonly #gate: StorageGate;
  readonly #shards: Shards;
  readonly #census: Census;
  readonly #listings: Listings;
  /** A record never changes. One that an operator deletes is not looked up here, because no listing has it. */
  readonly #texts = new LRUCache<string, Buffer, string>({
    maxSize: TEXTS,
    sizeCalculation: (text) => 300 + text.length,
    // Called once for all who ask at once; who asked gets the text, also when others have taken its place meanwhile.
    fetchMethod: (name, _stale, { context: shard }) =>
      this.#gate.run(() => readRecord(join(this.#directory, shard, name))),
    ignoreFetchAbort: true,
  });
  #pages = 0;

  constructor({ directory, own, gate = historyGate(), clock = systemClock }: HistoryOptions) {
    this.#directory = directory;
    this.#own = own;
    this.#gate = gate;
    this.#shards = new Shards(directory, gate, clock);
    this.#census = new Census(this.#shards, own, clock);
    this.#listings = new Listings(this.#shards, own, WIDTH);
  }

  page(query: PageQuery): Promise<Page> {
    const refusal = this.#pages >= PAGES ? TOO_MANY : this.#gate.refusal;
    if (refusal) throw refusal;
    return this.#pageInTime(query);
  }

  async #pageInTime(query: PageQuery): Promise<Page> {
    this.#pages++;
    try {
      const page = await this.#gate.inTime(this.#page(query));
      // The caller is to write the names out, which takes a while where there are many.
      if (page.names.length > FEW) await turn();
      return page;
    } finally {
      this.#pages--;
    }
  }

  /** The names of all files as lines, newest first, in chunks that fit into memory however many there are. */
  lines(): AsyncGenerator<Buffer> {
    return this.#listings.lines();
  }

  /** The text of the file of that name; `undefined` when the history has no such file. */
  read(name: string): Promise<Buffer | undefined> {
    return this.#gate.inTime(this.#read(name));
  }

  /** Resolves when the history can be read. */
  async check(): Promise<void> {
    await this.#shards.load(ROOT);
  }

  async #page(query: PageQuery): Promise<Page> {
    return { ...(await pageOf(this.#shards, this.#own, query)), total: await this.#census.total() };
  }

  async #read(name: string): Promise<Buffer | undefined> {
    const path = await this.#find(name);
    if (path === undefined) return undefined;
    return this.#texts.get(name) ?? this.#texts.fetch(name, { context: path });
  }

  /** The path of the shard that holds the record. Found by walking down, so that no foreign symbolic link is followed. */
  async #find(name: string): Promise<string | undefined> {
    let shard = await this.#shards.load(ROOT);
    for (const path of shardPaths(name)) {
      if (!shard.children.some((child) => child.path === path)) return undefined;
      shard = await this.#shards.load(path);
      if (shard.names.includes(name)) return path;
    }
    return undefined;
  }
}

/** The gate for one process's history. */
export const historyGate = (): StorageGate => new StorageGate({ width: WIDTH, deadline: DEADLINE });
