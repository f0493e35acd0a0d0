import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { ALPHABETS, type Alphabet, randomString } from '../../../app/text/random-string';

const alphabets = Object.keys(ALPHABETS) as Alphabet[];

describe('randomString', () => {
  it('has the length and only characters of the alphabet', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1024 }), fc.constantFrom(...alphabets), (length, alphabet) => {
        const value = randomString(length, alphabet);
        expect(value).toHaveLength(length);
        expect([...value].filter((character) => !ALPHABETS[alphabet].includes(character))).toEqual([]);
      }),
    );
  });

  it.each([
    ['alphanumeric', /^[A-Za-z0-9]{62}$/],
    ['alphabetic', /^[A-Za-z]{52}$/],
    ['lowercase', /^[a-z]{26}$/],
    ['uppercase', /^[A-Z]{26}$/],
    ['digits', /^[0-9]{10}$/],
    ['hex', /^[0-9a-f]{16}$/],
  ] as const)('draws %s from all the characters of that kind, each there once', (alphabet, all) => {
    expect(ALPHABETS[alphabet]).toMatch(all);
    expect(new Set(ALPHABETS[alphabet]).size).toBe(ALPHABETS[alphabet].length);
  });

  it.each(alphabets)('draws every character of %s equally often', (alphabet) => {
    expect(bias(draw(alphabet), [...ALPHABETS[alphabet]])).toBeLessThan(1);
  });

  it('draws each character whatever the one before', () => {
    const pairs = draw('digits').join('').match(/../g) as string[];
    const all = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
    expect(bias(pairs, all)).toBeLessThan(1);
  });

  it('never repeats itself', () => {
    const values = Array.from({ length: 10_000 }, () => randomString(16, 'hex'));
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('This test of uniformity', () => {
  it('notices the bias of a byte modulo 26', () => {
    const letters = [...ALPHABETS.lowercase];
    const biased = Array.from(randomBytes(DRAWS), (byte) => letters[byte % 26] as string);
    expect(bias(biased, letters)).toBeGreaterThan(1);
  });
});

const DRAWS = 200 * 1024;

const draw = (alphabet: Alphabet): string[] =>
  Array.from({ length: DRAWS / 1024 }, () => [...randomString(1024, alphabet)]).flat();

/**
 * Pearson's chi-squared of the draws, as a share of its critical value: with fair draws, it exceeds 1 once in ten million
 * runs. The critical value is Wilson and Hilferty's approximation, with the normal distribution's 1 - 1e-7 quantile.
 */
function bias(draws: string[], outcomes: string[]): number {
  const counts = new Map(outcomes.map((outcome) => [outcome, 0]));
  for (const outcome of draws) counts.set(outcome, (counts.get(outcome) as number) + 1);
  const expected = draws.length / outcomes.length;
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = outcomes.length - 1;
  const critical = freedom * (1 - 2 / (9 * freedom) + 5.2 * Math.sqrt(2 / (9 * freedom))) ** 3;
  return chiSquared / critical;
}
