import * as z from 'zod';
import { json } from '../http/answer';
import { UNSAFE } from '../http/input';
import { get, post, type Route } from '../http/route';
import { later } from '../later';
import { makeSentence } from '../text/sentence';
import { isStreamSafe } from '../text/stream-safe';

/** Marks belong to the letter before them, and many scripts cannot be written without. */
const WORD = /^(?:[\p{L}\p{N}]\p{M}*){1,100}$/u;

const input = later(() =>
  z.object({
    word: z
      .string('must be 1 to 100 letters or digits')
      .regex(WORD, { error: 'must be 1 to 100 letters or digits', abort: true })
      .refine(isStreamSafe, UNSAFE)
      .describe('1 to 100 letters or digits of any script.'),
  }),
);

const Sentence = later(() =>
  z
    .object({
      word: z.string(),
      number: z.int().min(0).max(10),
      palindrome: z.boolean(),
      sentence: z.string(),
    })
    .meta({ id: 'Sentence' }),
);

const shared = {
  summary: 'Asks for a random number of a word, and says whether it is a palindrome.',
  input,
  example: { word: 'level' },
  content: () => ({ 'application/json': Sentence() }),
  handler:
    () =>
    ({ word }: z.output<ReturnType<typeof input>>) => {
      const sentence: z.output<ReturnType<typeof Sentence>> = makeSentence(word);
      return json(sentence);
    },
};

/** Both text tools in one, as the exercise that Keepsake grew out of had it. */
export const sentence: Route = {
  path: '/sentence',
  tag: 'Text',
  link: 'sentence',
  get: get({ ...shared, operationId: 'makeSentence' }),
  post: post({ ...shared, operationId: 'makeLongSentence' }),
};
