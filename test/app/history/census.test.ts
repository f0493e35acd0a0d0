import { setTimeout as sleep } from 'node:timers/promises';
import { Census } from '../../../app/history/census';
import { Shards } from '../../../app/history/shards';
import { StorageGate } from '../../../app/history/storage-gate';
import { eventually } from '../../support/eventually';
import { nameAt, putRecord } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';

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
  const census = new Census(new Shards(directory, gate, Date.now), Date.now);
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
