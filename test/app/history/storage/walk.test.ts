import { systemClock } from '../../../../app/history/clock';
import { historyGate } from '../../../../app/history/history';
import { Shards } from '../../../../app/history/storage/shards';
import { newestBelow } from '../../../../app/history/storage/walk';
import { nameAt, putRecord } from '../../../support/records';
import { temporaryDirectory } from '../../../support/temporary';

/** The example in walk.ts: a to f in time order, of which c and e are in the directory of the 21st, the others in the month's. */
const directory = temporaryDirectory();
const put = (time: string, level: number) => putRecord(directory, nameAt(time), level);
const names = [
  put('2026-11-03', 0),
  put('2026-11-21T01:00Z', 0),
  put('2026-11-21T02:00Z', 1),
  put('2026-11-21T03:00Z', 0),
  put('2026-11-21T04:00Z', 1),
  put('2026-11-30', 0),
];
const [a, b, c, d, e, f] = names as [string, string, string, string, string, string];
const HIGHEST = nameAt('9999-12-31');
const newShards = () => new Shards(directory, historyGate(), systemClock);

describe('newestBelow', () => {
  it.each([
    [1, [f]],
    [3, [f, e, d]],
    [5, [f, e, d, c, b]],
    [9, [f, e, d, c, b, a]],
  ])('finds the newest %d of names that interleave', async (limit, expected) => {
    const found = await newestBelow(newShards(), { bound: HIGHEST, limit });
    expect(found.toNames()).toEqual(expected);
  });

  it('finds those below its bound alone', async () => {
    const found = await newestBelow(newShards(), { bound: d, limit: 2 });
    expect(found.toNames()).toEqual([c, b]);
  });

  it('leaves a directory alone that can add nothing', async () => {
    const shards = newShards();
    const load = jest.spyOn(shards, 'load');
    await newestBelow(shards, { bound: HIGHEST, limit: 1 });
    await newestBelow(shards, { bound: a, limit: 1 });
    expect(load.mock.calls.map(([path]) => path)).not.toContain('2026-11/21');
  });
});
