import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { publish } from '../../app/history/publish';
import { newRecordName } from '../../app/history/record-name';

// A program: `publishers DIRECTORY COUNT` lets COUNT threads publish one record each, all at the same moment.
// With COUNT 0 it publishes one after the other until it is killed.

const text = (name: string) => `${name}\n${'whole '.repeat(2000)}\n`;

async function publishUntilKilled(directory: string): Promise<never> {
  process.stdout.write('publishing\n');
  for (;;) {
    const name = newRecordName();
    await publish(directory, name, text(name));
  }
}

function publishTogether(directory: string, count: number): void {
  const ready = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < count; i++) new Worker(__filename, { workerData: { directory, count, ready } });
}

async function publishWithOthers({ directory, count, ready }: typeof workerData): Promise<void> {
  if (Atomics.add(ready, 0, 1) + 1 === count) Atomics.notify(ready, 0);
  for (let seen = Atomics.load(ready, 0); seen < count; seen = Atomics.load(ready, 0))
    Atomics.wait(ready, 0, seen, 10);
  const name = newRecordName();
  await publish(directory, name, text(name));
}

if (!isMainThread) {
  publishWithOthers(workerData);
} else {
  const [directory, count] = process.argv.slice(2) as [string, string];
  if (count === '0') publishUntilKilled(directory);
  else publishTogether(directory, Number(count));
}
