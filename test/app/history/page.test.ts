import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { History } from '../../../app/history/history';
import { recordId } from '../../../app/history/record-name';
import { nameAt, putRecord } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Near the edges of seconds, minutes, hours, days, months and years, where shards meet. */
const time = fc
  .tuple(
    fc.constantFrom(
      0,
      Date.parse('2025-12-31'),
      Date.parse('2026-01-01'),
      Date.parse('2026-02-28'),
      Date.parse('2026-11-21'),
    ),
    fc.constantFrom(0, HOUR, 23 * HOUR, DAY - SECOND),
    fc.constantFrom(0, 60 * SECOND, 61 * SECOND),
    fc.constantFrom(0, 1, SECOND - 1, SECOND),
  )
  .map((parts) => parts.reduce((sum, part) => sum + part));
const record = fc.record({ time, level: fc.nat({ max: 4 }) });

describe('Walking the pages', () => {
  const root = temporaryDirectory();
  let runs = 0;

  it('returns every name once, newest first, whatever the shards and the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 40 }),
        fc.integer({ min: 1, max: 45 }),
        fc.nat(),
        async (records, limit, pick) => {
          const directory = join(root, String(runs++));
          mkdirSync(directory);
          const names = records.map(({ time, level }) => putRecord(directory, nameAt(time), level));
          // Its own is one of them, or, with none of that index, not there.
          const own = names[pick % 50] ?? nameAt(0);
          const history = new History({ directory, own });
          const expected = names
            .filter((name) => name !== own)
            .sort()
            .reverse();
          expect(await walk(history, limit)).toEqual(expected);
          expect(await walkBack(history, limit)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });
});

async function walk(history: History, limit: number): Promise<string[]> {
  const walked: string[] = [];
  let after: string | undefined;
  do {
    const { names, next } = await history.page({ limit, after });
    const files = names.toNames();
    expect(files.length).toBeLessThanOrEqual(limit);
    // A page is full, unless it is the last.
    if (next) expect(files).toHaveLength(limit);
    walked.push(...files);
    after = next ?? undefined;
  } while (after);
  return walked;
}

/** From the oldest page to the newest. */
async function walkBack(history: History, limit: number): Promise<string[]> {
  let walked: string[] = [];
  for (let before = '00000000-0000-7000-8000-000000000000'; ; ) {
    const { names, next } = await history.page({ limit, before });
    if (names.length === 0) return walked;
    const files = names.toNames();
    // The page after it is the one that was walked before.
    expect(next).toBe(walked.length > 0 ? recordId(files.at(-1) as string) : null);
    walked = [...files, ...walked];
    before = recordId(files[0] as string);
  }
}
