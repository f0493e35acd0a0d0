import { randomInt } from 'node:crypto';
import { checkPalindrome } from './palindrome';

export interface Sentence {
  word: string;
  /** 0 to 10, drawn at random. */
  number: number;
  palindrome: boolean;
  sentence: string;
}

/** Asks for a random number of the word, and says whether it is a palindrome. */
export function makeSentence(word: string): Sentence {
  const number = randomInt(11);
  const { palindrome } = checkPalindrome(word);
  const sentence = `May I have ${number} of “${word}”, please? “${word}” is ${palindrome ? 'a' : 'not a'} palindrome.`;
  return { word, number, palindrome, sentence };
}
