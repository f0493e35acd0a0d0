import { LRUCache } from 'lru-cache';
import { turn } from '../turns';
import { HistoryOverloadedError } from './errors';
import { END } from './page';
import type { Shards } from './storage/shards';
import { newestBelow } from './storage/walk';

/** How many names a chunk holds, 52 bytes each: what waits in memory for each client that reads slowly. */
const CHUNK = 1024;
/** How many listings of more than a chunk may be under way: each takes its share of the processor, and holds a chunk or two. */
const LISTINGS = 16;
/** How long listings may begin with the same chunk, in milliseconds, as long as a page may be answered again. */
const REPEATED = 250;
const TOO_MANY = new HistoryOverloadedError(`${LISTINGS} clients are being sent all names; try again later.`);

interface Chunk {
  /** Its lines in one piece, or none. */
  readonly lines: readonly Buffer[];
  /** What the names of the next chunk are below, where there may be one. */
  readonly bound: string | undefined;
}

/** Sends all names to as many clients at once as one container can serve beside everything else. */
export class Listings {
  readonly #shards: Shards;
  readonly #own: string;
  readonly #ahead: number;
  /** What every listing begins with: taken once, however many ask for it at once. */
  readonly #first = new LRUCache<typeof END, Chunk>({
    max: 1,
    ttl: REPEATED,
    fetchMethod: (bound) => this.#chunkBelow(bound),
  });
  #underWay = 0;

  /**
   * @param own the name that they leave out.
   * @param ahead how many directories may be read at once.
   */
  constructor(shards: Shards, own: string, ahead: number) {
    this.#shards = shards;
    this.#own = own;
    this.#ahead = ahead;
  }

  /** The names of all files as lines, newest first, in chunks that fit into memory however many there are. */
  async *lines(): AsyncGenerator<Buffer> {
    await turn(); // Also for a refusal, which takes longer than a health check.
    this.#refuseTooMany();
    const first = await this.#first.forceFetch(END).catch(rejectInTurn);
    // Where one chunk has them all, the answer is a small one like any other, however many ask for it at once.
    if (first.bound === undefined) return yield* first.lines;
    await turn(); // All who waited for the chunk got it at once.
    this.#refuseTooMany();
    this.#underWay++;
    try {
      yield* first.lines;
      for (let bound: string | undefined = first.bound; bound !== undefined; ) {
        await turn();
        const chunk = await this.#chunkBelow(bound);
        yield* chunk.lines;
        bound = chunk.bound;
      }
    } finally {
      this.#underWay--;
    }
  }

  /** Before the look-up too: where so many long listings are under way, this would be another. */
  #refuseTooMany(): void {
    if (this.#underWay >= LISTINGS) throw TOO_MANY;
  }

  async #chunkBelow(bound: string): Promise<Chunk> {
    const names = await newestBelow(this.#shards, { bound, limit: CHUNK, ahead: this.#ahead });
    const others = names.without(this.#own);
    return {
      lines: others.length > 0 ? [others.toLines()] : [],
      bound: names.length < CHUNK ? undefined : names.at(0),
    };
  }
}

/** Rejects in a turn of its own. */
async function rejectInTurn(error: Error): Promise<never> {
  await turn();
  throw error;
}
