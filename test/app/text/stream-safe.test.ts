import { isStreamSafe } from '../../../app/text/stream-safe';

describe('isStreamSafe', () => {
  it.each([
    ['no text', ''],
    ['letters', 'žluťoučký kůň'],
    ['30 marks in a row', `a${'\u0301'.repeat(30)}`],
    ['30 marks beyond the basic plane in a row', `a${'\u{1d165}'.repeat(30)}`],
    ['any number of marks with letters between them', `a${'\u0301'.repeat(30)}`.repeat(300)],
    ['a long word of a script that writes vowels as marks', 'नि'.repeat(5000)],
  ])('accepts %s', (_what, text) => expect(isStreamSafe(text)).toBe(true));

  it.each([
    ['31 marks in a row', `a${'\u0301'.repeat(31)}`],
    ['31 marks beyond the basic plane in a row', `a${'\u{1d165}'.repeat(31)}`],
    ['31 marks of several scripts and kinds', `a${'\u0301\u0334\u0e38\u0f71\ufe0f'.repeat(7).slice(0, 31)}`],
    ['marks at the start', '\u0301'.repeat(10_000)],
    ['marks after other text', `${'level '.repeat(1000)}${'\u0327\u0301'.repeat(16)}`],
  ])('refuses %s', (_what, text) => expect(isStreamSafe(text)).toBe(false));

  it('counts every character that normalization sorts', () => {
    const missed: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      if (character.normalize('NFD') !== character || /\p{M}/u.test(character)) continue;
      // What is sorted changes places with a mark of a higher class before it, or of a lower class behind it.
      for (const text of [`a\u0345${character}`, `a${character}\u0334`])
        if (text.normalize('NFD') !== text) missed.push(`U+${code.toString(16)}`);
    }
    expect(missed).toEqual([]);
  });
});
