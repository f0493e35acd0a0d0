import * as z from 'zod';
import { type Answer, json } from '../http/answer';
import { flag, text } from '../http/input';
import { Problem } from '../http/problem';
import { get, post, type Route } from '../http/route';
import { later } from '../later';
import { checkPalindrome } from '../text/palindrome';
import { turn } from '../turns';

const LONGEST = 10_000;
/** What takes longer to check than a small answer, in code units. */
const LONG = 500;
const TEXT = later(() =>
  text(LONGEST).describe('What to check. It must hold a letter or a digit, unless strict is true.'),
);
const STRICT = 'Whether spaces and punctuation have to match too.';

const Query = later(() => z.object({ text: TEXT(), strict: flag().default(false).describe(STRICT) }));

const Body = later(() =>
  z.object({
    text: TEXT(),
    strict: z.boolean('must be true or false').default(false).describe(STRICT),
  }),
);

const Palindrome = later(() =>
  z
    .object({
      text: z.string(),
      palindrome: z.boolean(),
      normalized: z.string().min(1).describe('What was compared with its reverse.'),
    })
    .meta({ id: 'Palindrome' }),
);

const shared = {
  summary: 'Whether a text reads the same backwards, by user-perceived characters.',
  content: () => ({ 'application/json': Palindrome() }),
};

export const palindrome: Route = {
  path: '/palindrome',
  tag: 'Text',
  link: 'palindrome',
  get: get({
    ...shared,
    operationId: 'checkPalindrome',
    input: Query,
    example: { text: 'level' },
    handler: () => answer,
  }),
  post: post({
    ...shared,
    operationId: 'checkLongPalindrome',
    input: Body,
    example: { text: 'A man, a plan, a canal: Panama' },
    handler: () => answer,
  }),
};

interface Input {
  text: string;
  strict: boolean;
}

function answer(input: Input): Answer | Promise<Answer> {
  if (input.text.length < LONG) return json(check(input));
  return turn().then(() => json(check(input)));
}

function check({ text, strict }: Input): z.output<ReturnType<typeof Palindrome>> {
  const result = checkPalindrome(text, { strict });
  if (!result.normalized)
    throw new Problem(400, 'text must hold a letter or a digit, or strict must be true.');
  return { text, ...result };
}
