import { BYTES, pack, packed, toJson, toLines } from './packed-id';

/**
 * Names of records in ascending order, held as their ids' 16 bytes and outside of the JavaScript heap: a million are
 * 16 MB and no work for the garbage collector, where strings would be 80 MB. A name has its text only while it is used.
 */
export class PackedNames {
  static readonly NONE = new PackedNames(Buffer.alloc(0));
  readonly #ids: Buffer;

  private constructor(ids: Buffer) {
    this.#ids = ids;
  }

  /** @param names valid ones, ascending. */
  static from(names: readonly string[]): PackedNames {
    if (names.length === 0) return PackedNames.NONE;
    const ids = Buffer.allocUnsafeSlow(names.length * BYTES);
    for (let i = 0; i < names.length; i++) pack(names[i] as string, ids, i * BYTES);
    return new PackedNames(ids);
  }

  /** The names of all lists, each of which holds names above those of the list before. */
  static concat(lists: readonly PackedNames[]): PackedNames {
    if (lists.length === 1) return lists[0] as PackedNames;
    return new PackedNames(Buffer.concat(lists.map((list) => list.#ids)));
  }

  get length(): number {
    return this.#ids.length / BYTES;
  }

  /** The name at an index from 0 to `length` - 1. */
  at(index: number): string {
    return this.slice(index, index + 1).toNames()[0] as string;
  }

  /** The names as lines, the last of them first. */
  toLines(): Buffer {
    return toLines(this.#ids);
  }

  /** The names as a JSON array, the last of them first, between `before` and `after`, which are ASCII. */
  toJson(before = '', after = ''): Buffer {
    return toJson(this.#ids, before, after);
  }

  /** The names, the last of them first. */
  toNames(): string[] {
    return this.toLines().toString('latin1').split('\n').slice(0, -1);
  }

  /** The names of both, ascending. Mostly all of one list are above those of the other, so whole runs are copied. */
  merge(other: PackedNames): PackedNames {
    if (other.length === 0) return this;
    if (this.length === 0) return other;
    const runs: PackedNames[] = [];
    let [next, then] = this.#compare(0, other.#first) > 0 ? [other, this] : [this, other];
    while (then.length > 0) {
      const run = Math.max(1, next.#lowerBound(then.#first));
      runs.push(next.first(run));
      [next, then] = [then, next.slice(run)];
    }
    return PackedNames.concat([...runs, next]);
  }

  without(name: string): PackedNames {
    const id = packed(name);
    const index = this.#lowerBound(id);
    if (!this.#isAt(index, id)) return this;
    return PackedNames.concat([this.slice(0, index), this.slice(index + 1)]);
  }

  includes(name: string): boolean {
    const id = packed(name);
    return this.#isAt(this.#lowerBound(id), id);
  }

  /** The index of the first name that is not below `bound`; `length` when all are. */
  lowerBound(bound: string): number {
    return this.#lowerBound(packed(bound));
  }

  #lowerBound(id: Buffer): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get #first(): Buffer {
    return this.#ids.subarray(0, BYTES);
  }

  #isAt(index: number, id: Buffer): boolean {
    return index < this.length && this.#compare(index, id) === 0;
  }

  #compare(index: number, id: Buffer): number {
    return this.#ids.compare(id, 0, BYTES, index * BYTES, index * BYTES + BYTES);
  }

  /** The names below `bound`. */
  below(bound: string): PackedNames {
    return this.slice(0, this.lowerBound(bound));
  }

  /** The names above `bound`. */
  above(bound: string): PackedNames {
    return this.slice(this.lowerBound(bound)).without(bound);
  }

  /** The first `count` names, or all where there are fewer. */
  first(count: number): PackedNames {
    return this.slice(0, count);
  }

  /** The last `count` names, or all where there are fewer. */
  last(count: number): PackedNames {
    return this.slice(Math.max(0, this.length - count));
  }

  slice(from: number, to?: number): PackedNames {
    return new PackedNames(this.#ids.subarray(from * BYTES, to === undefined ? undefined : to * BYTES));
  }
}
