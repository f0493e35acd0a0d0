import { later } from '../later';

/**
 * Characters that never join their neighbours: between two of them there is always a boundary (UAX #29, rule GB999). Most
 * texts have no others, and are split as they are; the rest are left to the segmenter.
 */
const LETTER =
  /[\p{L}&&[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]/v;
const ALONE = `[[\\p{ASCII}--\\r][가-힣]${LETTER.source}]`;
const ALL_ALONE = new RegExp(`^${ALONE}*$`, 'v');
const graphemes = later(() => new Intl.Segmenter('und', { granularity: 'grapheme' }));

/**
 * How much is segmented at once, in UTF-16 code units: in Node.js 20 each segment costs a copy of the whole text that it is of,
 * so 10,000 emoji in one piece took 55 ms.
 */
const WINDOW = 128;

/** The user-perceived characters of a text, which is well-formed: its grapheme clusters (UAX #29). */
export function charactersOf(text: string): string[] {
  return ALL_ALONE.test(text) ? Array.from(text) : clustersOf(text);
}

function clustersOf(text: string): string[] {
  const clusters: string[] = [];
  let window = WINDOW;
  for (let from = 0; from < text.length; ) {
    let to = from + window;
    if (/[\ud800-\udbff]/.test(text.charAt(to - 1))) to++; // Not between the halves of a surrogate pair.
    const found = Array.from(graphemes().segment(text.slice(from, to)), ({ segment }) => segment);
    // The last one may go on behind the window. Those before it are the same as in the whole text.
    if (to < text.length) found.pop();
    // When all of the window is one cluster, it takes a larger one.
    window = found.length > 0 ? WINDOW : 2 * window;
    for (const cluster of found) {
      clusters.push(cluster);
      from += cluster.length;
    }
  }
  return clusters;
}

/** Those among them that have a letter or a digit. */
export function lettersAndDigitsOf(text: string): string[] {
  if (ALL_ALONE.test(text)) return Array.from(text.replace(/[^\p{L}\p{N}]+/gu, ''));
  return charactersOf(text).filter((character) => /[\p{L}\p{N}]/u.test(character));
}
