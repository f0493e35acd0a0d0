import { ROUTES } from '../app/api';
import { examplesOf } from '../app/openapi/examples';
import { DAY, nameAt, putRecord } from '../test/support/records';
import type { Requests } from './load';

/** One kind of request to measure. */
export interface Row extends Requests {
  readonly name: string;
  /** How much of the rate of bare Node.js it has to reach. */
  readonly target: number;
}

const RECORDS = 10_000;

/** What is asked for in the other variant of an operation, so that no request is like those before it. */
const DISTINCT: Record<string, (name: string, n: number) => Requests['requests'][number]> = {
  listFiles: (name) => [`/files?limit=100&after=${name.slice('include-me-'.length, -'.txt'.length)}`],
  getFileText: (name) => [`/files/${name}`],
  checkPalindrome: (_, n) => [`/palindrome?text=level+${n}`],
  checkLongPalindrome: (_, n) => ['/palindrome', `{"text":"A man, a plan, a canal: Panama ${n}"}`],
  makeSentence: (_, n) => [`/sentence?word=level${n}`],
  makeLongSentence: (_, n) => ['/sentence', `{"word":"level${n}"}`],
};

/** Puts records into a new history, and returns what is measured with it: every operation of the API, but whole listings. */
export function rowsWith(history: string): Row[] {
  const names = Array.from({ length: RECORDS }, (_, i) =>
    putRecord(history, nameAt(Date.now() - DAY - 10 * i), 1),
  );
  const examples = ROUTES.flatMap((route) => examplesOf(route, names[0] as string));
  return examples.flatMap(({ operationId, method, path, headers, body }): Row[] => {
    const type = headers.Accept ?? 'application/json';
    if (operationId === 'listFiles' && type === 'text/plain') return [];
    const name = `${method} ${path.replace(/include-me[^/]*/, '{name}')} ${type.split('/')[1]}`;
    const row: Row = { name, method, headers, requests: [[path, body]], target: 0.8 };
    const another = DISTINCT[operationId];
    if (!another) return [row];
    // Without the oldest, so that a whole page comes after each.
    const distinct = { ...row, name: `${name}, never the same`, requests: names.slice(0, -100).map(another) };
    if (operationId !== 'listFiles') return [row, distinct];
    const compressed = { ...headers, 'Accept-Encoding': 'br, gzip' };
    return [row, { ...distinct, target: 0.45 }, { ...row, name: `${name}, compressed`, headers: compressed }];
  });
}
