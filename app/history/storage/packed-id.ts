import { recordName } from '../record-name';

/** An id without its hyphens is 16 bytes. */
export const BYTES = 16;
/** Where in an id the two digits of each byte are. */
const OFFSETS = Uint8Array.from([0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]);
const DIGITS = Buffer.from('0123456789abcdef');

const ZERO = '00000000-0000-0000-0000-000000000000';
/** Where the id begins in a name. */
const START = recordName(ZERO).indexOf(ZERO);
const LINE = Buffer.from(`${recordName(ZERO)}\n`);
const ELEMENT = Buffer.from(`"${recordName(ZERO)}",`);
const CLOSE = ']'.charCodeAt(0);

/** Writes the 16 bytes of a name's id. */
export function pack(name: string, ids: Buffer, at: number): void {
  for (let i = 0; i < BYTES; i++) {
    const digits = START + (OFFSETS[i] as number);
    ids[at + i] = (digit(name.charCodeAt(digits)) << 4) | digit(name.charCodeAt(digits + 1));
  }
}

/** The 16 bytes of a name's id. */
export function packed(name: string): Buffer {
  const id = Buffer.allocUnsafe(BYTES);
  pack(name, id, 0);
  return id;
}

/** The names of the ids as lines, the last of them first. */
export const toLines = (ids: Buffer): Buffer => render(ids, LINE, '', '');

/** The names of the ids as a JSON array, the last of them first, between `before` and `after`, which are ASCII. */
export function toJson(ids: Buffer, before: string, after: string): Buffer {
  if (ids.length === 0) return Buffer.from(`${before}[]${after}`);
  // `"name",` for each; the last comma becomes the closing bracket.
  const rendered = render(ids, ELEMENT, `${before}[`, after);
  rendered[rendered.length - after.length - 1] = CLOSE;
  return rendered;
}

/** The template with each id in it, the last id first, between two texts: no string is made of any name, and nothing is copied. */
function render(ids: Buffer, template: Buffer, before: string, after: string): Buffer {
  const end = before.length + (ids.length / BYTES) * template.length;
  const rendered = Buffer.allocUnsafe(end + after.length).fill(template, before.length, end);
  rendered.write(before, 'latin1');
  rendered.write(after, end, 'latin1');
  let at = before.length + template.indexOf(ZERO);
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

/** The value of a lower-case hexadecimal digit. */
const digit = (code: number): number => (code <= 57 ? code - 48 : code - 87);
