import { randomFillSync } from 'node:crypto';

const DIGITS = '0123456789';
const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const UPPERCASE = LOWERCASE.toUpperCase();

export const ALPHABETS = {
  alphanumeric: UPPERCASE + LOWERCASE + DIGITS,
  alphabetic: UPPERCASE + LOWERCASE,
  lowercase: LOWERCASE,
  uppercase: UPPERCASE,
  digits: DIGITS,
  hex: `${DIGITS}abcdef`,
};

export type Alphabet = keyof typeof ALPHABETS;

/** Random bytes, drawn ahead: a call of the generator takes longer than the rest of a string. */
const bytes = Buffer.alloc(4096);
let used = bytes.length;

/** `length` characters, each drawn from the alphabet uniformly by the operating system's secure generator. */
export function randomString(length: number, alphabet: Alphabet): string {
  const characters = ALPHABETS[alphabet];
  // The bytes from here on would favour the alphabet's first characters.
  const limit = 256 - (256 % characters.length);
  let value = '';
  while (value.length < length) {
    const byte = nextByte();
    if (byte < limit) value += characters[byte % characters.length];
  }
  return value;
}

function nextByte(): number {
  if (used === bytes.length) {
    randomFillSync(bytes);
    used = 0;
  }
  return bytes[used++] as number;
}
