import type { Express } from 'express';
import * as z from 'zod';
import { jsonBody } from '../http/body';
import { flag, readBody, readQuery, text } from '../http/input';
import { Problem } from '../http/problem';
import { resource } from '../http/resource';
import { checkPalindrome } from '../text/palindrome';

const LONGEST = 10_000;
const TEXT = 'What to check. It must hold a letter or a digit, unless strict is true.';
const STRICT = 'Whether spaces and punctuation have to match too.';

export const palindromeQuery = z.object({
  text: text(LONGEST).describe(TEXT),
  strict: flag().default(false).describe(STRICT),
});
export const palindromeBody = z.object({
  text: text(LONGEST).describe(TEXT),
  strict: z.boolean('must be true or false').default(false).describe(STRICT),
});

export function palindrome(app: Express): void {
  resource(app, '/palindrome', {
    get: (request, response) => void response.json(check(readQuery(request, palindromeQuery))),
    post: [...jsonBody, (request, response) => void response.json(check(readBody(request, palindromeBody)))],
  });
}

function check({ text, strict }: z.output<typeof palindromeBody>) {
  const result = checkPalindrome(text, { strict });
  if (!result.normalized)
    throw new Problem(400, 'text must hold a letter or a digit, or strict must be true.');
  return { text, ...result };
}
