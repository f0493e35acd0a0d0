export interface PalindromeCheck {
  palindrome: boolean;
  /** What was compared with its reverse; empty when the text holds nothing to compare. */
  normalized: string;
}

/**
 * Whether a text reads the same backwards, that is, with its user-perceived characters (UAX #29 grapheme clusters) in
 * reverse, by canonical caseless matching (Unicode Standard, section 3.13). Those without a letter or digit are left out.
 *
 * @param strict leaves nothing out: spaces and punctuation have to match too.
 */
export function checkPalindrome(text: string, { strict = false } = {}): PalindromeCheck {
  const normal = text.normalize('NFC');
  const compared = strict ? charactersOf(normal) : lettersAndDigitsOf(normal);
  // Folded after it is reversed: `և` is one character, and folds into two.
  const normalized = foldCase(compared.join(''));
  const backwards = foldCase(compared.reverse().join(''));
  return { palindrome: normalized !== '' && normalized === backwards, normalized };
}

/**
 * Full case folding as in Unicode's CaseFolding.txt, which JavaScript does not offer. Down, up and down again folds `ẞ`,
 * `ß` and `ss` into one; the final sigma has to be folded by itself, and the dotless i folds to nothing else.
 */
const foldCase = (text: string): string =>
  text
    .normalize('NFD')
    .split('ı')
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
    .join('ı')
    .normalize('NFC');

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

function charactersOf(text: string): string[] {
  if (ALL_ALONE.test(text)) return Array.from(text);
  return text
    .split(BOUNDARY)
    .flatMap((piece) => Array.from(graphemes.segment(piece), ({ segment }) => segment));
}

function lettersAndDigitsOf(text: string): string[] {
  if (ALL_ALONE.test(text)) return Array.from(text.replace(/[^\p{L}\p{N}]+/gu, ''));
  return charactersOf(text).filter((character) => /[\p{L}\p{N}]/u.test(character));
}
