import type { Express } from 'express';
import * as z from 'zod';
import { jsonBody } from '../http/body';
import { readBody, readQuery } from '../http/input';
import { resource } from '../http/resource';
import { makeSentence } from '../text/sentence';

/** Marks belong to the letter before them, and many scripts cannot be written without. */
const WORD = /^(?:[\p{L}\p{N}]\p{M}*){1,100}$/u;

export const sentenceInput = z.object({
  word: z.string('must be 1 to 100 letters or digits').regex(WORD, 'must be 1 to 100 letters or digits'),
});

/** Both text tools in one, as the exercise that Keepsake grew out of had it. */
export function sentence(app: Express): void {
  resource(app, '/sentence', {
    get: (request, response) => void response.json(makeSentence(readQuery(request, sentenceInput).word)),
    post: [
      ...jsonBody,
      (request, response) => void response.json(makeSentence(readBody(request, sentenceInput).word)),
    ],
  });
}
