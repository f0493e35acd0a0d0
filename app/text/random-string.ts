import { randomInt } from 'node:crypto';

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

/** `length` characters, each drawn from the alphabet uniformly by the operating system's secure generator. */
export function randomString(length: number, alphabet: Alphabet): string {
  const characters = ALPHABETS[alphabet];
  let value = '';
  for (let i = 0; i < length; i++) value += characters[randomInt(characters.length)];
  return value;
}
