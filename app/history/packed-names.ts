import { recordName } from './record-name';

/** A line of the listing, and an element of the JSON array. */
const LINE = Buffer.from(`${recordName('00000000-0000-0000-0000-000000000000')}\n`);
const ELEMENT = Buffer.from(`"${recordName('00000000-0000-0000-0000-000000000000')}",`);
const [OPEN, CLOSE] = Buffer.from('[]') as unknown as [number, number];
/** Where in an id the two digits of each of its 16 bytes are. */
const OFFSETS = Uint8Array.from([0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]);
/** Where the id begins in a name. */
const START = LINE.indexOf('00000000-');
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
    return this.#render(LINE, 0);
  }

  /** The names as a JSON array, the last of them first. */
  toJson(): Buffer {
    if (this.length === 0) return Buffer.from('[]');
    // `"name",` for each; the first byte makes room for the bracket, the last comma becomes one.
    const list = this.#render(ELEMENT, 1);
    list[0] = OPEN;
    list[list.length - 1] = CLOSE;
    return list;
  }

  /** The template once for each name, the last name first, after `before` bytes of room: no string is made of any name. */
  #render(template: Buffer, before: number): Buffer {
    const ids = this.#ids;
    const rendered = Buffer.allocUnsafe(before + this.length * template.length).fill(template, before);
    let at = before + template.indexOf('00000000-');
    for (let id = ids.length - BYTES; id >= 0; id -= BYTES, at += template.length) {
      for (let i = 0; i < BYTES; i++) {
        const byte = ids[id + i] as number;
        const digits = at + (OFFSETS[i] as number);
        rendered[digits] = DIGITS[byte >> 4] as number;
        rendered[digits + 1] = DIGITS[byte & 15] as number;
      }
    }
    return rendered;
  }

  /** The names of both, ascending. */
  merge(other: PackedNames): PackedNames {
    if (other.length === 0) return this;
    return PackedNames.from([...this.toNames(), ...other.toNames()].sort());
  }

  /** The names of all lists, each of which holds names above those of the list before. */
  static concat(lists: readonly PackedNames[]): PackedNames {
    return new PackedNames(Buffer.concat(lists.map((list) => list.#ids)));
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
    const digits = START + (OFFSETS[i] as number);
    ids[at + i] = (digit(name.charCodeAt(digits)) << 4) | digit(name.charCodeAt(digits + 1));
  }
}

/** The value of a lower-case hexadecimal digit. */
const digit = (code: number): number => (code <= 57 ? code - 48 : code - 87);
