import { HistoryUnavailableError } from '../../../app/history/errors';
import { StorageGate } from '../../../app/history/storage-gate';

/** An operation that ends when told to, as storage that hangs does. */
function operation<T>(value: T) {
  let finish = (): void => {};
  const run = jest.fn(() => new Promise<T>((resolve) => (finish = () => resolve(value))));
  return { run, finish: () => finish() };
}

describe('StorageGate', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const gate = () => new StorageGate({ width: 2, deadline: 1000 });

  it('answers with what the operation resolves with', async () => {
    await expect(gate().run(async () => 'names')).resolves.toBe('names');
  });

  it("passes the operation's own error on", async () => {
    await expect(gate().run(() => Promise.reject(new Error('EIO')))).rejects.toThrow('EIO');
  });

  it('starts no more operations than its width, and the next when one ends', async () => {
    const storage = gate();
    const [first, second, third] = [operation(1), operation(2), operation(3)];
    const answers = [first, second, third].map(({ run }) => storage.run(run));
    expect(third.run).not.toHaveBeenCalled();
    first.finish();
    await answers[0];
    expect(third.run).toHaveBeenCalled();
  });

  it('refuses a caller at the deadline, whether its operation hangs or has not started', async () => {
    const storage = gate();
    const answers = [1, 2, 3].map((n) => storage.run(operation(n).run));
    const outcomes = Promise.allSettled(answers);
    await jest.advanceTimersByTimeAsync(1000);
    for (const { status } of await outcomes) expect(status).toBe('rejected');
    await expect(answers[2]).rejects.toThrow(HistoryUnavailableError);
    await expect(answers[2]).rejects.toThrow('did not answer within 1000 ms');
  });

  it('never starts an operation whose caller was refused', async () => {
    const storage = gate();
    const hung = [operation(1), operation(2)];
    const late = operation(3);
    const outcomes = Promise.allSettled([...hung, late].map(({ run }) => storage.run(run)));
    await jest.advanceTimersByTimeAsync(1000);
    await outcomes;
    for (const { finish } of hung) finish();
    await jest.advanceTimersByTimeAsync(0);
    await storage.run(async () => 'next');
    expect(late.run).not.toHaveBeenCalled();
  });

  it('refuses at once while every place is held by an operation that hangs', async () => {
    const storage = gate();
    const outcomes = Promise.allSettled([1, 2].map((n) => storage.run(operation(n).run)));
    await jest.advanceTimersByTimeAsync(1000);
    await outcomes;
    const next = operation(3);
    await expect(storage.run(next.run)).rejects.toThrow(HistoryUnavailableError);
    expect(next.run).not.toHaveBeenCalled();
  });

  it('works again when storage lets go of what hung', async () => {
    const storage = gate();
    const hung = [operation(1), operation(2)];
    const outcomes = Promise.allSettled(hung.map(({ run }) => storage.run(run)));
    await jest.advanceTimersByTimeAsync(1000);
    await outcomes;
    for (const { finish } of hung) finish();
    await jest.advanceTimersByTimeAsync(0);
    expect(storage.busy).toBe(false);
    await expect(storage.run(async () => 'names')).resolves.toBe('names');
  });

  it('holds an answer of several operations to one deadline', async () => {
    const answer = gate().inTime(new Promise(() => {}));
    const refused = expect(answer).rejects.toThrow(HistoryUnavailableError);
    await jest.advanceTimersByTimeAsync(1000);
    await refused;
  });
});
