import fc from 'fast-check';
import { checkPalindrome } from '../../../app/text/palindrome';
import { makeSentence } from '../../../app/text/sentence';

describe('makeSentence', () => {
  it('asks for that many of the word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), (word) => {
        const made = makeSentence(word);
        expect(made.word).toBe(word);
        expect(made.sentence).toContain(`${made.number} of “${word}”`);
      }),
    );
  });

  it.each([
    ['level', '“level” is a palindrome.'],
    ['Otto', '“Otto” is a palindrome.'],
    ['word', '“word” is not a palindrome.'],
  ])('says whether %s is a palindrome', (word, ending) => {
    const { sentence, palindrome } = makeSentence(word);
    expect(sentence.endsWith(ending)).toBe(true);
    expect(palindrome).toBe(checkPalindrome(word).palindrome);
  });

  it('draws every whole number from 0 to 10, and no other', () => {
    const numbers = new Set(Array.from({ length: 1000 }, () => makeSentence('word').number));
    expect([...numbers].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
