import { Agent, request } from 'undici';
import { ROUTES } from '../app/api';
import { type Example, examplesOf } from '../app/openapi/examples';
import { nameAt, putRecord } from '../test/support/records';
import { type Row, startKeepsake, temporaryDirectory } from './support';

/** What Unicode's rules treat in ways of their own: normalization, segmentation, folding. */
const UNITS: Record<string, string[]> = {
  'letters and spaces': ['a', ' '],
  'runs of 30 marks': [`a${'\u0301\u0323\u05b0'.repeat(10)}`],
  'Hangul jamo': ['\u1100', '\u1161', '\u11a8', '각'],
  'regional indicators': ['🇩', '🇪', '🇯'],
  'ZWJ chains': ['👩\u200d', '👩🏽', '❤\ufe0f\u200d', '1\ufe0f\u20e3'],
  'alternating scripts': ['a', 'б', 'γ', '日', 'א', 'ع', '𐐷', 'ไ'],
  'conjuncts and prepended marks': ['क्', 'ष', '\u0600', '\u0e33', '\u1039က'],
  'folding and decomposition that grow': ['ﬃ', 'ß', 'ΐ', 'İ', 'ᾯ', 'ǟ', '\ufb2c', '𝅘𝅥𝅮'],
  'nothing to compare': ['?', '\u200b', '\u{e0001}', '\ud800'],
};
/** In characters: below and at what the text tools take, and a word of a hundred letters with all their marks. */
const LENGTHS = [100, 3100, 10_000];
/** As much of a header or URL, and of a body, as the server takes, in bytes. */
const HEAD = 15_000;
const BODY = 65_000;
/** How often a request that may be the slowest is repeated; the quickest counts, because machines are noisy. */
const AGAIN = 7;
const LIMIT = 30;

type Change = Partial<Pick<Example, 'path' | 'headers' | 'body'>>;

const many = (size: number, value: (n: number) => string) =>
  Array.from({ length: size / 4 }, (_, n) => value(n))
    .join()
    .slice(0, size);

const TEXTS = Object.entries(UNITS).flatMap(([name, units]) => {
  const random = () => units[Math.floor(Math.random() * units.length)];
  const mixed = Array.from({ length: 10_000 }, random).join('');
  return [mixed, units.join('').repeat(10_000)].flatMap((text) =>
    LENGTHS.map((length) => [name, [...text.slice(0, 2 * length)].slice(0, length)] as const),
  );
});

/** Everything that may make an answer slow, by what it is called. */
function* hardest({ path, headers, body }: Example): Generator<[string, Change]> {
  const [bare, query] = path.split('?');
  const lists = { accept: 'a/a;q=0.5', 'accept-encoding': 'a;q=0.5', 'if-none-match': '"a"' };
  for (const [name, element] of Object.entries(lists)) {
    const value = many(HEAD, (n) => element.replace('a', `a${n}`));
    yield [`a long ${name}`, { headers: { ...headers, [name]: value } }];
  }
  yield ['many parameters', { path: `${path}${query ? '&' : '?'}${'a&'.repeat(HEAD / 2)}` }];
  if (body) {
    yield ['nesting', { body: '['.repeat(BODY) }];
    yield ['many keys', { body: `{${many(BODY - 100, (n) => `"${n}":0`).replace(/,[^,]*$/, '')}}` }];
  }
  const [name] = Object.keys(body ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(query)));
  for (const [what, characters] of name ? TEXTS : []) {
    if (body)
      yield [what, { body: JSON.stringify({ [name as string]: characters.join('') }).slice(0, BODY) }];
    else yield [what, { path: `${bare}?${name}=${encoded(characters)}` }];
  }
}

/** As much of a text as a URL holds. */
function encoded(characters: readonly string[]): string {
  let text = '';
  for (const character of characters) {
    if (text.length > HEAD - 20) break;
    text += encodeURIComponent(character.toWellFormed());
  }
  return text;
}

/** The slowest request of every operation that a search finds. */
export async function slowest(): Promise<Row[]> {
  const history = temporaryDirectory();
  const file = putRecord(history, nameAt(Date.now() - 60_000));
  const server = await startKeepsake(history);
  const dispatcher = new Agent({ connections: 1 });
  const rows: Row[] = [];
  for (const example of ROUTES.flatMap((route) => examplesOf(route, file))) {
    const time = async (change: Change) => {
      const { method, path, headers, body = null } = { ...example, ...change };
      const begun = performance.now();
      const answer = await request(server.origin + path, { method, headers, body, dispatcher });
      await answer.body.dump();
      return performance.now() - begun;
    };
    let worst = { took: 0, what: '' };
    let tried = 0;
    for (const [what, change] of hardest(example)) {
      let took = Number.POSITIVE_INFINITY;
      for (let n = 0; n < AGAIN && took > worst.took; n++) took = Math.min(took, await time(change));
      if (took > worst.took) worst = { took, what };
      tried++;
    }
    rows.push({
      measure:
        `slowest of ${tried} kinds of ${example.method} ${example.path.replace(/\?.*/, '').replace(file, '{name}')} ${example.headers.Accept ?? ''}`.trim(),
      figure: `${worst.took.toFixed(1)} ms: ${worst.what}`,
      target: `≤ ${LIMIT} ms`,
      holds: worst.took <= LIMIT,
    });
  }
  await dispatcher.destroy();
  await server.stop();
  return rows;
}
