import { LRUCache } from 'lru-cache';
import * as z from 'zod';
import type { Page as HistoryPage } from '../history/history';
import { ID_PATTERN } from '../history/record-name';
import { JSON_HEADERS, text } from '../http/answer';
import { Compressible } from '../http/compressible';
import { wholeNumber } from '../http/input';
import { Problem } from '../http/problem';
import { prefers, VARIES } from '../http/representation';
import { get, HISTORY_UNAVAILABLE, type Route } from '../http/route';
import { later } from '../later';
import { FileName } from './file-name';

/** How long a page may be answered again, in milliseconds: with the second that a listing is fresh, well below two. */
const REPEATED = 250;
/** How many pages are kept for that; one of a thousand names takes 54 kB. */
const KEPT = 32;

const cursor = () => z.string().regex(new RegExp(ID_PATTERN), 'must be a UUIDv7').optional();

const Page = later(() =>
  z.object({
    limit: wholeNumber(1, 1000).default(1000).describe('How many names to answer at the most.'),
    after: cursor().describe(
      'Answers files older than this: the cursor in `next`, or any UUIDv7, and so any time.',
    ),
    before: cursor().describe('Instead of `after`: answers the oldest of the files newer than this.'),
  }),
);

const Files = later(() =>
  z
    .object({
      files: z.array(FileName()).max(1000).meta({ uniqueItems: true }),
      total: z
        .int()
        .min(0)
        .nullable()
        .describe(
          'How many files there are in all; null while a long history is being counted for the first time.',
        ),
      next: z.string().meta({ format: 'uri-reference' }).nullable().describe('The URL of the next page.'),
    })
    .meta({ id: 'Files' }),
);

/** What the other containers left: their names, page by page or all at once. */
export const files: Route = {
  path: '/files',
  tag: 'Files',
  link: 'files',
  get: get({
    operationId: 'listFiles',
    summary: 'The files of all other containers, newest first; as text/plain, all of them, one a line.',
    input: Page,
    example: { limit: '100' },
    content: () => ({ 'application/json': Files(), 'text/plain': z.string() }),
    headers: later(() =>
      z.object({
        Link: z.string().optional().describe('The next page, where there is one (RFC 8288).'),
      }),
    ),
    problems: HISTORY_UNAVAILABLE,
    handler({ history }) {
      const pages = new LRUCache<string, Compressible>({ max: KEPT, ttl: REPEATED });
      /** However many ask for a page at once, it is made once. A failure is not kept. */
      const underWay = new Map<string, Promise<Compressible>>();
      const make = async (key: string, limit: number, names: Promise<HistoryPage>) => {
        try {
          const page = render(limit, await names);
          pages.set(key, page);
          return page;
        } finally {
          underWay.delete(key);
        }
      };
      return (query, request) => {
        if (prefers(request, 'text/plain')) return text(history.lines(), ...VARIES);
        const { limit, after, before } = query;
        if (after && before) throw new Problem(400, 'Query parameter before must not be given with after.');
        const key = `${limit} ${after} ${before}`;
        const kept = pages.get(key);
        if (kept) return kept.answer(request);
        const page = underWay.get(key) ?? make(key, limit, history.page(query));
        underWay.set(key, page);
        return page.then((made) => made.answer(request));
      };
    },
  }),
};

/** From bytes to bytes: no string is made of any name. */
function render(limit: number, { names, total, next: cursor }: HistoryPage): Compressible {
  const next = cursor && `/files?limit=${limit}&after=${cursor}`;
  const body = names.toJson('{"files":', `,"total":${total},"next":${JSON.stringify(next)}}`);
  const link = next ? ['Link', `<${next}>; rel="next"`] : [];
  return new Compressible(body, [...JSON_HEADERS, 'Vary', 'Accept, Accept-Encoding', ...link]);
}
