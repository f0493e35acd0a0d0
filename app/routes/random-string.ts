import type { Express } from 'express';
import * as z from 'zod';
import { oneOf, readQuery, wholeNumber } from '../http/input';
import { resource } from '../http/resource';
import { ALPHABETS, type Alphabet, randomString } from '../text/random-string';

const alphabets = Object.keys(ALPHABETS) as [Alphabet, ...Alphabet[]];

export const randomStringQuery = z.object({
  length: wholeNumber(1, 1024).default(16).describe('How many characters.'),
  alphabet: oneOf(...alphabets)
    .default('alphanumeric')
    .describe('The characters to draw from.'),
});

export function randomStrings(app: Express): void {
  resource(app, '/random-string', {
    get: (request, response) => {
      const { length, alphabet } = readQuery(request, randomStringQuery);
      response.json({ value: randomString(length, alphabet), length, alphabet });
    },
  });
}
