import { turn } from '../turns';
import { HistoryOverloadedError } from './errors';
import { END } from './page';
import type { PackedNames } from './storage/packed-names';
import type { Shards } from './storage/shards';
import { newestBelow } from './storage/walk';

/** How many names a chunk holds, 52 bytes each: what waits in memory for each client that reads slowly. */
const CHUNK = 1024;
/** How many listings of more than a chunk may be under way: each takes its share of the processor, and holds a chunk or two. */
const LISTINGS = 16;

/** Sends all names to as many clients at once as one container can serve beside everything else. */
export class Listings {
  readonly #shards: Shards;
  readonly #own: string;
  readonly #ahead: number;
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
    await turn();
    this.#refuseTooMany();
    let names = await this.#chunkBelow(END);
    // Where one chunk has them all, the answer is a small one like any other, however many ask for it at once.
    if (names.length < CHUNK) return yield* this.#linesOf(names);
    this.#refuseTooMany();
    this.#underWay++;
    try {
      for (; names.length > 0; names = await this.#chunkBelow(names.at(0))) {
        yield* this.#linesOf(names);
        await turn();
      }
    } finally {
      this.#underWay--;
    }
  }

  /** Before the look-up too: where so many long listings are under way, this would be another. */
  #refuseTooMany(): void {
    if (this.#underWay < LISTINGS) return;
    throw new HistoryOverloadedError(`${LISTINGS} clients are being sent all names; try again later.`);
  }

  #chunkBelow(bound: string): Promise<PackedNames> {
    return newestBelow(this.#shards, { bound, limit: CHUNK, ahead: this.#ahead });
  }

  *#linesOf(names: PackedNames): Generator<Buffer> {
    const others = names.without(this.#own);
    if (others.length > 0) yield others.toLines();
  }
}
