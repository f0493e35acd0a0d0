import { Agent, request } from 'undici';
import { ROUTES } from '../app/api';
import { type Example, examplesOf } from '../app/openapi/examples';
import { nameAt, putRecord } from '../test/support/records';
import { atMost, startKeepsake, temporaryDirectory } from './support';

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
/** In characters: what the text tools take, a word of a hundred letters with all their marks, and one without. */
const LENGTHS = [10_000, 3100, 100] as const;
/** As much of a header or URL, and of a body, as the server takes, in bytes. */
const HEAD = 15_000;
const BODY = 65_000;
/** How often a request that may be the slowest is repeated; the quickest counts, because machines are noisy. */
const AGAIN = 7;
const LIMIT = 30;

type Change = Partial<Pick<Example, 'path' | 'headers' | 'body'>>;

/** Text of each kind, in turn and at random. */
const TEXTS = Object.entries(UNITS).flatMap(([what, units]) => {
  const random = Array.from({ length: LENGTHS[0] }, () => units[Math.floor(Math.random() * units.length)]);
  return [units.join('').repeat(LENGTHS[0]), random.join('')].flatMap((text) =>
    LENGTHS.map((length) => [what, Array.from(text).slice(0, length).join('')] as const),
  );
});

const many = (length: number, value: (n: number) => string) =>
  Array.from({ length }, (_, n) => value(n)).join();

/** Everything that may make an answer slow, by what it is called. */
function* hardest({ path, headers, body }: Example): Generator<[string, Change]> {
  const [bare, query] = path.split('?');
  const lists = { accept: 'a/a;q=0.5', 'accept-encoding': 'a;q=0.5', 'if-none-match': '"a"' };
  for (const [name, element] of Object.entries(lists)) {
    const value = many(HEAD / 5, (n) => element.replace('a', `a${n}`)).slice(0, HEAD);
    yield [`a long ${name}`, { headers: { ...headers, [name]: value } }];
  }
  yield ['many parameters', { path: `${path}${query ? '&' : '?'}${'a&'.repeat(HEAD / 2)}` }];
  const [name] = Object.keys(body ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(query)));
  if (body) {
    yield ['nesting', { body: '['.repeat(BODY) }];
    yield ['many keys', { body: `{${many(BODY / 10, (n) => `"${n}":0`)}}` }];
  }
  for (const [what, text] of name ? TEXTS : []) {
    const inUrl = encodeURIComponent(text.slice(0, HEAD / 9).toWellFormed());
    if (body) yield [what, { body: JSON.stringify({ [name as string]: text }) }];
    else yield [what, { path: `${bare}?${name}=${inUrl}` }];
  }
}

/** The slowest request of every operation that a search finds. */
export async function* rows(): AsyncGenerator<string[]> {
  const history = temporaryDirectory();
  const file = putRecord(history, nameAt(Date.now() - 60_000));
  const server = await startKeepsake(history);
  const dispatcher = new Agent({ connections: 1 });
  for (const example of ROUTES.flatMap((route) => examplesOf(route, file))) {
    const time = async (change: Change) => {
      const { method, path, headers, body = null } = { ...example, ...change };
      const begun = performance.now();
      const answer = await request(server.origin + path, { method, headers, body, dispatcher });
      await answer.body.dump();
      return performance.now() - begun;
    };
    let worst = { took: 0, what: '' };
    for (const [what, change] of hardest(example)) {
      let took = Number.POSITIVE_INFINITY;
      for (let n = 0; n < AGAIN && took > worst.took; n++) took = Math.min(took, await time(change));
      if (took > worst.took) worst = { took, what };
    }
    const name = `${example.operationId} ${example.headers.Accept ?? ''}`.trim();
    yield atMost(`slowest ${name}: ${worst.what}`, worst.took, LIMIT, ' ms');
  }
  await dispatcher.destroy();
  await server.stop();
}
