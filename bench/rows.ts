import { join } from 'node:path';
import { ROUTES } from '../app/api';
import { examplesOf } from '../app/openapi/examples';
import { DAY, nameAt, putRecord } from '../test/support/records';

/** One kind of request to measure. */
export interface LoadRow {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** The requests, asked for in turn: the path, and the body. `{n}` becomes a number that no request had before. */
  readonly requests: readonly (readonly [path: string, body?: string])[];
  /** How much of the rate of bare Node.js it has to reach. */
  readonly target: number;
}

const RECORDS = 10_000;
const NUMBER = '{n}'; // twelve hexadecimal digits

/** What is asked for in the other variant of an operation, so that no request is like one before it. */
const DISTINCT: Record<string, (names: readonly string[]) => LoadRow['requests']> = {
  // From cursors between the records, and with a whole page after each.
  listFiles: (names) =>
    names
      .slice(0, -100)
      .map((name) => [
        `/files?limit=100&after=${name.slice('include-me-'.length, -'123456789abc.txt'.length)}${NUMBER}`,
      ]),
  getFileText: (names) => names.map((name) => [`/files/${name}`]),
  checkPalindrome: () => [[`/palindrome?text=level+${NUMBER}`]],
  checkLongPalindrome: () => [['/palindrome', `{"text":"A man, a plan, a canal: Panama ${NUMBER}"}`]],
  makeSentence: () => [[`/sentence?word=level${NUMBER}`]],
  makeLongSentence: () => [['/sentence', `{"word":"level${NUMBER}"}`]],
};

/** Puts records into a new history, and returns what is measured with it: every operation of the API, but whole listings. */
export function rowsWith(history: string): LoadRow[] {
  const names = Array.from({ length: RECORDS }, (_, i) =>
    putRecord(history, nameAt(Date.now() - DAY - 10 * i), 1),
  );
  const examples = ROUTES.flatMap((route) => examplesOf(route, names[0] as string));
  return examples.flatMap(({ operationId, method, path, headers, body }): LoadRow[] => {
    const type = headers.Accept ?? 'application/json';
    if (operationId === 'listFiles' && type === 'text/plain') return [];
    const name = `${method} ${path.replace(/include-me[^/]*/, '{name}')} ${type.split('/')[1]}`;
    const row = { name, method, headers, requests: [[path, body]], target: 0.8 } as const;
    const requests = DISTINCT[operationId]?.(names);
    if (!requests) return [row];
    const distinct = { ...row, name: `${name}, never the same`, requests };
    if (operationId !== 'listFiles') return [row, distinct];
    const compressed = { 'Accept-Encoding': 'br, gzip' };
    return [
      row,
      { ...distinct, target: 0.45 },
      { ...row, name: `${name}, compressed`, headers: { ...headers, ...compressed } },
    ];
  });
}

const quoted = (text: string) => `[==[${text}]==]`;

/** The row as a script for wrk. */
export function wrkScript({ method, headers, requests }: LoadRow): string {
  const [path = '', body = ''] = requests[0] ?? [];
  const lines = requests.map(([each, text = '']) => `{ ${quoted(each)}, ${quoted(text)} },`);
  const table = Object.entries(headers).map(([name, value]) => `[ ${quoted(name)} ] = ${quoted(value)},`);
  const same = requests.length === 1 && !(path + body).includes(NUMBER);
  return `local headers = { ${table.join(' ')} }
local requests = { ${lines.join('\n')} }
local n = 0
local function filled(text)
  return (text:gsub('{n}', string.format('%012x', n)))
end
local function made()
  local each = requests[n % #requests + 1]
  n = n + 1
  return wrk.format('${method}', filled(each[1]), headers, filled(each[2]))
end
local first
function init() first = made() end
function request() return ${same ? 'first' : 'made()'} end
`;
}

/** The arguments of servers/bare.js for a row: the request whose answer it repeats. */
export const exampleOf = ({ method, headers, requests: [[path, body = ''] = ['']] }: LoadRow): string[] => [
  method,
  path.replace(NUMBER, '0'.repeat(12)),
  JSON.stringify(headers),
  body.replace(NUMBER, '0'.repeat(12)),
];

export const SERVERS = join(__dirname, 'servers');
