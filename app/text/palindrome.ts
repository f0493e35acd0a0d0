export interface PalindromeCheck {
  palindrome: boolean;
  /** What was compared with its reverse; empty when the text holds nothing to compare. */
  normalized: string;
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Whether a text reads the same backwards: its user-perceived characters (UAX #29 grapheme clusters), after canonical
 * caseless matching (Unicode Standard, section 3.13), leaving out those without a letter or digit.
 *
 * @param strict leaves nothing out: spaces and punctuation have to match too.
 */
export function checkPalindrome(text: string, { strict = false } = {}): PalindromeCheck {
  const characters = split(foldCase(text.normalize('NFD')).normalize('NFC'));
  const compared = strict ? characters : characters.filter((character) => LETTER_OR_DIGIT.test(character));
  const palindrome =
    compared.length > 0 && compared.every((character, index) => character === compared.at(-1 - index));
  return { palindrome, normalized: compared.join('') };
}

/** In ASCII only CR LF is a character of two code units, and most texts are ASCII: the segmenter is far slower. */
const split = (text: string): string[] =>
  /^\p{ASCII}*$/u.test(text) && !text.includes('\r\n')
    ? text.split('')
    : Array.from(graphemes.segment(text), ({ segment }) => segment);

/**
 * Full case folding as in Unicode's CaseFolding.txt, which JavaScript does not offer: down, up and down again also folds
 * `ẞ`, `ß` and `ss` into one. Each code point by itself, or a final sigma would differ from the others.
 */
const foldCase = (text: string): string => text.replace(/\P{ASCII}/gu, foldCodePoint).toLowerCase();

const foldCodePoint = (character: string): string =>
  character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();
