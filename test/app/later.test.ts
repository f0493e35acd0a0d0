import { setImmediate as immediate } from 'node:timers/promises';
import { later, makeAll } from '../../app/later';

describe('What a start does not wait for', () => {
  it('is made by whoever asks first, and once', () => {
    let times = 0;
    const get = later(() => ++times);
    expect(times).toBe(0);
    expect([get(), get(), times]).toEqual([1, 1, 1]);
  });

  it('is made also where nobody asks, each in a turn of its own', async () => {
    const made: number[] = [];
    for (const name of [1, 2, 3]) later(() => made.push(name));
    const all = makeAll();
    expect(made).toEqual([]);
    let turns = 0;
    while (made.length < 3) {
      await immediate();
      turns++;
    }
    expect(turns).toBeGreaterThanOrEqual(3);
    await all;
  });
});
