import { closest, distance } from 'fastest-levenshtein';

/** `; did you mean prod?` for a word that is nearly one of those that are allowed; otherwise nothing. */
export function didYouMean(word: string, allowed: readonly string[]): string {
  const nearest = closest(word, allowed);
  const near = allowed.length > 0 && distance(word, nearest) <= Math.max(2, word.length / 3);
  return near && distance(word, nearest) < nearest.length ? `; did you mean ${nearest}?` : '';
}
