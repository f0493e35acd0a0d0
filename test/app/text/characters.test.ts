import fc from 'fast-check';
import { charactersOf, lettersAndDigitsOf } from '../../../app/text/characters';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const segments = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

describe('charactersOf', () => {
  it('splits as the segmenter does, whatever stands between two letters', () => {
    const characters = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point)).filter(
      (c) => /[\p{Assigned}--[\p{Co}\p{Cs}]]/v.test(c),
    );
    for (let at = 0; at < characters.length; at += 50) {
      const text = characters
        .slice(at, at + 50)
        .map((character) => `x${character}`)
        .join('');
      expect(charactersOf(text)).toEqual(segments(text));
    }
  });

  it('splits as the segmenter does, also where both letters of a pair may join', () => {
    const unit = fc.constantFrom(
      'a',
      'ж',
      '漢',
      '가',
      '\u1100',
      '\u1161',
      '\r',
      '\n',
      '\u0301',
      '\u200d',
      '👩',
      '👧',
      '🇩',
      'क',
      'ि',
      '\u0600',
      '1',
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => expect(charactersOf(text)).toEqual(segments(text))),
      { numRuns: 1000 },
    );
  });
});

describe('lettersAndDigitsOf', () => {
  it.each([
    ['A man, a plan!', 'Amanaplan'],
    ['12:30 Uhr', '1230Uhr'],
    ['नि – 👍 é', 'निé'],
    ['?!', ''],
  ])('leaves of %j only %j', (text, expected) => {
    expect(lettersAndDigitsOf(text).join('')).toBe(expected);
  });
});
