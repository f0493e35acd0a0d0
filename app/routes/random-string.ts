import * as z from 'zod';
import { json } from '../http/answer';
import { oneOf, wholeNumber } from '../http/input';
import { get, type Route } from '../http/route';
import { later } from '../later';
import { ALPHABETS, type Alphabet, randomString as draw } from '../text/random-string';

const LONGEST = 1024;
const alphabets = Object.keys(ALPHABETS) as [Alphabet, ...Alphabet[]];

const input = later(() =>
  z.object({
    length: wholeNumber(1, LONGEST).default(16).describe('How many characters.'),
    alphabet: oneOf(...alphabets)
      .default('alphanumeric')
      .describe('The characters to draw from.'),
  }),
);

const RandomString = later(() =>
  z
    .object({
      value: z.string().min(1).max(LONGEST),
      length: z.int().min(1).max(LONGEST),
      alphabet: z.enum(alphabets),
    })
    .meta({ id: 'RandomString' }),
);

export const randomString: Route = {
  path: '/random-string',
  tag: 'Text',
  link: 'randomString',
  get: get({
    operationId: 'drawRandomString',
    summary: 'A string drawn at random, securely and uniformly.',
    input,
    example: { length: '32' },
    content: () => ({ 'application/json': RandomString() }),
    handler:
      () =>
      ({ length, alphabet }) => {
        const drawn: z.output<ReturnType<typeof RandomString>> = {
          value: draw(length, alphabet),
          length,
          alphabet,
        };
        return json(drawn);
      },
  }),
};
