/** A line of the listing, and where in it the two digits of each of the id's 16 bytes are. */
const LINE = Buffer.from('include-me-00000000-0000-0000-0000-000000000000.txt\n');
const OFFSETS = Uint8Array.from([11, 13, 15, 17, 20, 22, 25, 27, 30, 32, 35, 37, 39, 41, 43, 45]);
const DIGITS = Buffer.from('0123456789abcdef');
const BYTES = 16;

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

  get length(): number {
    return this.#ids.length / BYTES;
  }

  /** The name at an index from 0 to `length` - 1. */
  at(index: number): string {
    return this.slice(index, index + 1)
      .toLines()
      .toString('latin1', 0, LINE.length - 1);
  }

  /** The names as lines, the last of them first. */
  toLines(): Buffer {
    const ids = this.#ids;
    const lines = Buffer.alloc(this.length * LINE.length, LINE);
    for (let id = ids.length - BYTES, line = 0; id >= 0; id -= BYTES, line += LINE.length) {
      for (let i = 0; i < BYTES; i++) {
        const byte = ids[id + i] as number;
        const digits = line + (OFFSETS[i] as number);
        lines[digits] = DIGITS[byte >> 4] as number;
        lines[digits + 1] = DIGITS[byte & 15] as number;
      }
    }
    return lines;
  }

  /** The names of both, ascending. */
  merge(other: PackedNames): PackedNames {
    if (other.length === 0) return this;
    return PackedNames.from([...this.toNames(), ...other.toNames()].sort());
  }

  without(name: string): PackedNames {
    const index = this.lowerBound(name);
    if (index === this.length || this.at(index) !== name) return this;
    const [before, after] = [this.slice(0, index), this.slice(index + 1)];
    return new PackedNames(Buffer.concat([before.#ids, after.#ids]));
  }

  /** The names, the last of them first. */
  toNames(): string[] {
    return this.toLines().toString('latin1').split('\n').slice(0, -1);
  }

  /** The index of the first name that is not below `bound`; `length` when all are. */
  lowerBound(bound: string): number {
    const id = Buffer.allocUnsafe(BYTES);
    pack(bound, id, 0);
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ids.compare(id, 0, BYTES, middle * BYTES, middle * BYTES + BYTES) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  includes(name: string): boolean {
    const index = this.lowerBound(name);
    return index < this.length && this.at(index) === name;
  }

  slice(from: number, to?: number): PackedNames {
    return new PackedNames(this.#ids.subarray(from * BYTES, to === undefined ? undefined : to * BYTES));
  }
}

/** Writes the 16 bytes of a name's id. */
function pack(name: string, ids: Buffer, at: number): void {
  for (let i = 0; i < BYTES; i++) {
    const offset = OFFSETS[i] as number;
    ids[at + i] = (digit(name.charCodeAt(offset)) << 4) | digit(name.charCodeAt(offset + 1));
  }
}

/** The value of a lower-case hexadecimal digit. */
const digit = (code: number): number => (code <= 57 ? code - 48 : code - 87);
