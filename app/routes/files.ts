import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import * as z from 'zod';
import type { History } from '../history/history';
import { ID_PATTERN, isRecordName } from '../history/record-name';
import { readQuery, wholeNumber } from '../http/input';
import { Problem } from '../http/problem';
import { prefers } from '../http/representation';
import { resource } from '../http/resource';

export const filesQuery = z.object({
  limit: wholeNumber(1, 1000).default(1000).describe('How many names to answer at the most.'),
  after: z
    .string()
    .regex(new RegExp(ID_PATTERN), 'must be a cursor from `next`')
    .optional()
    .describe('The cursor in `next` of the page before.'),
});

/** How long a page may be answered again, in milliseconds: with the second that a listing is fresh, well below two. */
const REPLAY = 250;

/** What the other containers left: their names, page by page or all at once, and each one's text. */
export function files(app: Express, history: History): void {
  resource(app, '/files', {
    replay: REPLAY,
    get: async (request, response) => {
      const { limit, after } = readQuery(request, filesQuery);
      if (prefers(request, response, 'text/plain')) return streamNames(history, request, response);
      const page = await history.page({ limit, after });
      const next = page.next && `/files?limit=${limit}&after=${page.next}`;
      if (next) response.set('Link', `<${next}>; rel="next"`);
      const { names, total } = page;
      response.json({ files: names.toNames(), total, next });
    },
  });

  resource(app, '/files/:name', {
    get: async (request, response) => {
      const name = request.params.name as string;
      if (!isRecordName(name))
        throw new Problem(400, 'A file is named include-me-<UUIDv7>.txt, in lower case.');
      const text = await history.read(name);
      if (!text) throw new Problem(404, `The history has no file ${name}.`);
      response.type('text/plain').send(text);
    },
  });
}

/** One name a line, as they are read: memory does not grow with the history, and a slow client slows the reading. */
async function streamNames(history: History, request: Request, response: Response): Promise<void> {
  const lines = history.lines();
  // The first are read before the headers are sent, so that an unavailable history can still be answered with 503.
  const first = await lines.next();
  response.type('text/plain');
  if (first.done || request.method === 'HEAD') return void response.end();
  response.write(first.value);
  await pipeline(Readable.from(lines), response);
}
