import { charactersOf, lettersAndDigitsOf } from './characters';

export interface PalindromeCheck {
  palindrome: boolean;
  /** What was compared with its reverse; empty when the text holds nothing to compare. */
  normalized: string;
}

/**
 * Whether a text reads the same backwards: its user-perceived characters (UAX #29 grapheme clusters), after canonical
 * caseless matching (Unicode Standard, section 3.13), leaving out those without a letter or digit.
 *
 * @param strict leaves nothing out: spaces and punctuation have to match too.
 */
export function checkPalindrome(text: string, { strict = false } = {}): PalindromeCheck {
  const folded = foldCase(text.normalize('NFD')).normalize('NFC');
  const compared = strict ? charactersOf(folded) : lettersAndDigitsOf(folded);
  const last = compared.length - 1;
  const palindrome = last >= 0 && compared.every((character, index) => character === compared[last - index]);
  return { palindrome, normalized: compared.join('') };
}

/**
 * Full case folding as in Unicode's CaseFolding.txt, which JavaScript does not offer. Down, up and down again folds `ẞ`,
 * `ß` and `ss` into one; the final sigma has to be folded by itself, and the dotless i folds to nothing else.
 */
const foldCase = (text: string): string =>
  text
    .split('ı')
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
    .join('ı');
