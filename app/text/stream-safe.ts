/** The longest run of combining marks (UAX #15, "Stream-Safe Text Format"). No writing system comes near it. */
export const LONGEST_RUN = 30;

/**
 * Whether no more than 30 combining marks follow one another. Normalization sorts each run of them, in a time that grows with
 * the square of its length: one run of 32,000 takes seconds. So this is checked before anything is normalized.
 *
 * Every non-starter, which is what Unicode's own definition counts, is a mark (General_Category M) among other marks.
 */
export function isStreamSafe(text: string): boolean {
  if (text.length <= LONGEST_RUN) return true;
  const runs = text.match(/\p{M}+/gu) ?? [];
  // A code point takes up to two UTF-16 code units, so a short run need not be counted.
  return !runs.some((run) => run.length > LONGEST_RUN && [...run].length > LONGEST_RUN);
}
