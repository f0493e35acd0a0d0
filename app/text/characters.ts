/**
 * Characters that never join their neighbours: between two of them there is always a boundary (UAX #29, rule GB999). Most
 * texts have no others, and are split and filtered as they are. In the rest, what may join is left to the segmenter, in
 * pieces: in Node.js 20 each segment costs a copy of the whole text that it is of.
 */
const LETTER =
  /[\p{L}&&[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]/v;
const ALONE = `[[\\p{ASCII}--\\r][가-힣]${LETTER.source}]`;
const ALL_ALONE = new RegExp(`^${ALONE}*$`, 'v');
const BOUNDARY = new RegExp(`(?<=${ALONE})(?=${ALONE})`, 'v');
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The user-perceived characters of a text: its grapheme clusters (UAX #29). */
export function charactersOf(text: string): string[] {
  if (ALL_ALONE.test(text)) return Array.from(text);
  return text
    .split(BOUNDARY)
    .flatMap((piece) => Array.from(graphemes.segment(piece), ({ segment }) => segment));
}

/** Those among them that have a letter or a digit. */
export function lettersAndDigitsOf(text: string): string[] {
  if (ALL_ALONE.test(text)) return Array.from(text.replace(/[^\p{L}\p{N}]+/gu, ''));
  return charactersOf(text).filter((character) => /[\p{L}\p{N}]/u.test(character));
}
