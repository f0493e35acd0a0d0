import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock';
import { ROOT, shardSpan } from '../shard-path';
import type { Shards } from './shards';

/** How long a count is answered from memory, in milliseconds. */
const FRESH = 1000;
/** How long a new count may take before callers get the one before instead, in milliseconds. */
const PATIENCE = 500;
/** How long after its span a shard may still get records, in milliseconds: clocks differ, and publishing is tried for up to an hour. */
const GRACE = 2 * 3_600_000;
/** How long a settled count is trusted before it may be counted again, in milliseconds. */
const TRUSTED = 60_000;

interface Count {
  count: number;
  at: number;
}

/**
 * Counts the records without looking at what no longer changes. A shard whose time has passed is counted once; after
 * that, each census counts one settled shard anew, in rotation, because an operator may delete records.
 */
export class Census {
  readonly #shards: Shards;
  readonly #own: string;
  readonly #clock: Clock;
  readonly #settled = new Map<string, Count>();
  #latest: Count | undefined;
  #counting: Promise<number> | undefined;
  #patience: Promise<void> | undefined;

  /** @param own the name that is not counted. */
  constructor(shards: Shards, own: string, clock: Clock) {
    this.#shards = shards;
    this.#own = own;
    this.#clock = clock;
  }

  /** The number of records, or null while a long history is being counted for the first time. Never rejects. */
  async total(): Promise<number | null> {
    if (this.#latest && this.#clock.elapsed() - this.#latest.at < FRESH) return this.#latest.count;
    const before = this.#latest?.count ?? null;
    if (!this.#counting) {
      this.#counting = this.#count().finally(() => {
        this.#counting = undefined;
      });
      this.#patience = sleep(PATIENCE, undefined, { ref: false });
    }
    return Promise.race([this.#counting, this.#patience?.then(() => before) ?? before]).catch(() => before);
  }

  async #count(): Promise<number> {
    const at = this.#clock.elapsed();
    const [oldest] = this.#settled;
    if (oldest && at - oldest[1].at > TRUSTED) this.#settled.delete(oldest[0]);
    const count = await this.#countBelow(ROOT);
    this.#latest = { count, at };
    return count;
  }

  async #countBelow(path: string): Promise<number> {
    // Asked each time, because the wall clock may have been wrong before.
    const past = this.#clock.wall() > (shardSpan(path) as { to: number }).to + GRACE;
    const settled = this.#settled.get(path);
    if (settled && past) return settled.count;
    const at = this.#clock.elapsed();
    const { names, children } = await this.#shards.load(path);
    let count = names.without(this.#own).length;
    for (const child of children) count += await this.#countBelow(child.path);
    if (past) this.#settled.set(path, { count, at });
    return count;
  }
}
