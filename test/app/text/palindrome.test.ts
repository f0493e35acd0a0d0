import fc from 'fast-check';
import { checkPalindrome } from '../../../app/text/palindrome';

const examples: [text: string, normalized: string, palindrome: boolean][] = [
  ['Racecar', 'racecar', true],
  ['A man, a plan, a canal: Panama!', 'amanaplanacanalpanama', true],
  ['palindrome', 'palindrome', false],
  ['x', 'x', true],
  ['12 021', '12021', true],
  ['?!', '', false],
  ['\u00e9-e\u0301', '\u00e9\u00e9', true], // one composed, one decomposed
  ['\u00e9-e', '\u00e9e', false],
  ['ße', 'sse', false],
  ['ß-ẞ', 'ssss', true],
  ['ẞ-ss', 'ssss', true],
  ['Σας', 'σασ', true], // a final sigma is a sigma
  ['ı-i', 'ıi', false], // the Turkish letters are letters of their own
  ['ı-I', 'ıi', false],
  ['İ-i', 'i\u0307i', false],
  ['İ-i\u0307', 'i\u0307i\u0307', true],
  ['ᾴ-ιά', 'άιιά', true],
  ['ᾴ-ια\u0301', 'άιιά', true], // a mark by itself
  ['ﬁ-if', 'fiif', true], // folding comes first, and takes ligatures apart
  ['ﬁ-ﬁ', 'fifi', false],
  ['և', 'եւ', false],
  ['ᾠ-ᾨ', 'ὠιὠι', false],
  ['Ａｂａ', 'ａｂａ', true],
  ['K-k', 'kk', true], // the Kelvin sign
  ['ſ-S', 'ss', true],
  ['١٢١', '١٢١', true],
  ['上海海上', '上海海上', true],
  ['𝔸𝔹𝔸', '𝔸𝔹𝔸', true],
  ['가나\u1100\u1161', '가나가', true],
  ['निजनि', 'निजनि', true], // a consonant and its vowel sign stay together
  ['निज-जनि', 'निजजनि', true],
  ['निजन', 'निजन', false],
  ['a🇩🇪b', 'ab', false],
];

const strictExamples: [text: string, palindrome: boolean][] = [
  ['No lemon, no melon', false],
  ['a b a', true],
  ['?!', false],
  ['!?!', true],
  ['👨‍👩‍👧', true],
  ['👨‍👩‍👧a👨‍👩‍👧', true],
  ['👩‍👧👧‍👩', false],
  ['👍🏽👍', false],
  ['🇩🇪a🇩🇪', true],
  ['🇩🇪🇪🇩', false], // Germany, and a flag that is none
  ['\r\n', true],
  ['a\r\nB\r\nA', true],
  ['a\r\n\n\ra', false],
  ['\r\na\n\r', false],
];

describe('checkPalindrome', () => {
  it.each(examples)('compares %j as %j: %s', (text, normalized, palindrome) => {
    expect(checkPalindrome(text)).toEqual({ normalized, palindrome });
  });

  it.each(strictExamples)('strictly, leaves nothing of %j out: %s', (text, palindrome) => {
    const check = checkPalindrome(text, { strict: true });
    expect(check).toEqual({ palindrome, normalized: expect.anything() });
  });

  it('agrees with a straightforward reference', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (text, strict) => {
        expect(checkPalindrome(text, { strict }).palindrome).toBe(reference(text, strict));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds what was written forwards and backwards, whatever the case and what is in between', () => {
    const letter = fc.constantFrom(...'abcxyzäñжλ0189');
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1 }), fc.boolean(), punctuation, (half, odd, between) => {
        const mirrored = [...half, ...half.toReversed().slice(odd ? 1 : 0)];
        const text = mirrored.map((c, i) => (i % 3 ? c : c.toUpperCase()) + between).join('');
        expect(checkPalindrome(text)).toEqual({ palindrome: true, normalized: mirrored.join('') });
      }),
    );
  });

  it('notices one letter that differs', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'ab'), { minLength: 1 }), fc.nat(), (half, at) => {
        const wrong = half.with(at % half.length, 'c');
        expect(checkPalindrome([...half, ...wrong.toReversed()].join('')).palindrome).toBe(false);
      }),
    );
  });

  it('folds the case of every letter that Unicode folds', () => {
    const apart: string[] = [];
    for (let point = 0x41; point <= 0x10ffff; point++) {
      const letter = String.fromCodePoint(point);
      if (!/\p{Changes_When_Casefolded}/u.test(letter) || !/\p{L}/u.test(letter)) continue;
      for (const other of [letter.toLowerCase(), letter.toUpperCase()]) {
        if ([...other].length > 1 || !sameButForCase(letter, other)) continue;
        if (checkPalindrome(letter).normalized !== checkPalindrome(other).normalized)
          apart.push(letter + other);
      }
    }
    expect(apart).toEqual([]);
  });
});

const punctuation = fc.constantFrom('', ' ', ', ', '!', '–', '👍');

/** Characters whose folding is longer than they are; regular expressions, the reference's oracle, do not know it. */
const LONGER = /[ßẞŉևẚﬀ-ﬆﬓ-ﬗ]|\u0345/u;
const tricky = [
  'a',
  'A',
  'Σ',
  'ς',
  'i',
  'ı',
  'I',
  'é',
  'e',
  '\u0301',
  '\u200d',
  '\r',
  '\n',
  ' ',
  ',',
  '1',
].concat([
  '👩‍👧',
  '👩',
  '👧',
  '👍🏽',
  '👍',
  '🇩🇪',
  '🇩',
  '🇪',
  'नि',
  'न',
  '가',
  '\u1100',
  '\u1161',
  'K',
  'ſ',
  's',
]);
const half = fc.array(fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: 'grapheme', maxLength: 1 })), {
  maxLength: 6,
});
/** Most arbitrary texts are no palindromes: so half of these are mirrored, by pieces that may or may not be graphemes. */
const text = fc
  .tuple(half, fc.boolean())
  .map(([pieces, mirrored]) => [...pieces, ...(mirrored ? pieces.toReversed() : [])].join(''))
  .filter((text) => !LONGER.test(text.normalize('NFD')));

function reference(text: string, strict: boolean): boolean {
  const graphemes = Array.from(new Intl.Segmenter('und').segment(text.normalize('NFD')), (s) => s.segment);
  let forwards = '';
  let backwards = '';
  for (const grapheme of graphemes) {
    if (!strict && !/[\p{L}\p{N}]/u.test(grapheme)) continue;
    forwards = forwards + grapheme;
    backwards = grapheme + backwards;
  }
  return forwards !== '' && sameButForCase(forwards, backwards);
}

/** Regular expressions fold case by Unicode's own table (ECMA-262, Canonicalize): nothing of ours is in it. */
function sameButForCase(one: string, other: string): boolean {
  const literal = Array.from(
    one.normalize('NFD'),
    (c) => `\\u{${(c.codePointAt(0) as number).toString(16)}}`,
  ).join('');
  return new RegExp(`^${literal}$`, 'iu').test(other.normalize('NFD'));
}
