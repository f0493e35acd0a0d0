import fc from 'fast-check';
import { charactersOf, lettersAndDigitsOf } from '../../../app/text/characters';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const segments = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Characters of every kind that joins its neighbours, and some that do not. */
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
    fc.assert(
      fc.property(fc.string({ unit }), (text) => expect(charactersOf(text)).toEqual(segments(text))),
      { numRuns: 1000 },
    );
  });

  it('splits a long text as the segmenter does, wherever it is cut for that', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit }), { minLength: 1 }), fc.nat(300), (texts, before) => {
        const text = '👩'.repeat(before) + texts.join('').repeat(20);
        expect(charactersOf(text)).toEqual(segments(text));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['👩\u200d', '\u0600', 'क\u094d', '\u1100', '🇩'])(
    'splits a run of %j as the segmenter does',
    (joining) => {
      const text = `x${joining.repeat(1001)}x`;
      expect(charactersOf(text)).toEqual(segments(text));
    },
  );

  it('gives the segmenter little at once, because each segment may cost a copy of all that it is given', () => {
    const segment = jest.spyOn(Intl.Segmenter.prototype, 'segment');
    charactersOf('👩'.repeat(10_000));
    expect(Math.max(...segment.mock.calls.map(([text]) => text.length))).toBeLessThan(300);
    segment.mockRestore();
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
