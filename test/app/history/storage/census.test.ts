import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../../app/history/clock';
import { historyGate } from '../../../../app/history/history';
import { newRecordName } from '../../../../app/history/record-name';
import { Census } from '../../../../app/history/storage/census';
import { Shards } from '../../../../app/history/storage/shards';
import { StorageGate } from '../../../../app/history/storage/storage-gate';
import { eventually } from '../../../support/eventually';
import { nameAt, putRecord } from '../../../support/records';
import { temporaryDirectory } from '../../../support/temporary';

const OWN = newRecordName();

/** Storage that takes its time for each operation, as over a network. */
class SlowGate extends StorageGate {
  operations = 0;

  override run<T>(operation: () => Promise<T>): Promise<T> {
    return super.run(async () => {
      this.operations++;
      await sleep(10);
      return operation();
    });
  }
}

describe('the first count of a long history', () => {
  const gate = new SlowGate({ width: 3, deadline: 1500 });
  const directory = temporaryDirectory();
  const census = new Census(new Shards(directory, gate, systemClock), OWN, systemClock);
  beforeAll(() => {
    for (let month = 0; month < 100; month++) putRecord(directory, nameAt(Date.UTC(2010, month)));
  });

  it('is not waited for to its end', async () => {
    expect(await census.total()).toBeNull();
  });

  it('is waited for once, not by each who asks while it goes on', async () => {
    const before = gate.operations;
    for (let i = 0; i < 5; i++) expect(await census.total()).toBeNull();
    expect(gate.operations - before).toBeLessThan(5);
  });

  it('is told when it is done', async () => {
    await eventually(async () => expect(await census.total()).toBe(100));
  });
});

describe('a count after the wall clock was wrong', () => {
  it('follows the month that is, though it seemed to be over', async () => {
    const directory = temporaryDirectory();
    const time = { now: 0, wall: Date.parse('2026-02-10') };
    const clock = { elapsed: () => time.now, wall: () => time.wall };
    const census = new Census(new Shards(directory, historyGate(), clock), OWN, clock);
    putRecord(directory, nameAt('2026-01-31'));
    expect(await census.total()).toBe(1);
    time.wall = Date.parse('2026-01-31');
    putRecord(directory, nameAt('2026-01-31'));
    time.now += 1000;
    expect(await census.total()).toBe(2);
  });
});
