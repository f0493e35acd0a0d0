import { stat } from 'node:fs/promises';
import { HistoryOverloadedError, HistoryUnavailableError } from '../../../../app/history/errors';
import { StorageGate } from '../../../../app/history/storage/storage-gate';
import { turn } from '../../../../app/turns';

/** An operation that ends when told to, as storage that hangs does. */
function operation<T>(value: T) {
  let finish = (): void => {};
  const run = jest.fn(() => new Promise<T>((resolve) => (finish = () => resolve(value))));
  return { run, finish: () => finish() };
}

/** When a caller has been refused for certain, in milliseconds: deadlines are looked at ten times a second. */
const DEADLINE = 1200;

describe('StorageGate', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
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

  it.each([
    ['the first of those that wait', 0, [true, false]],
    ['the latest once the first has waited for long, and would run out of time anyway', 500, [false, true]],
  ])('goes on with %s', async (_, waited, begun) => {
    const storage = gate();
    const underWay = [1, 2].map((n) => operation(n));
    const answers = underWay.map(({ run }) => storage.run(run));
    const waiting = [3, 4].map((n) => operation(n));
    for (const { run } of waiting) storage.run(run);
    await jest.advanceTimersByTimeAsync(waited);
    underWay[0]?.finish();
    await answers[0];
    expect(waiting.map(({ run }) => run.mock.calls.length > 0)).toEqual(begun);
  });

  it('gives each result a turn of its own, and keeps its place until then', async () => {
    const storage = new StorageGate({ width: 3, deadline: 1000 });
    const taken: number[] = [];
    const underWay = [1, 2, 3].map((n) => operation(n));
    for (const { run } of underWay) storage.run(run).then((n) => taken.push(n));
    const next = operation(4);
    storage.run(next.run);
    for (const { finish } of underWay) finish();
    await Promise.resolve();
    expect(next.run).not.toHaveBeenCalled();
    const perTurn: number[] = [];
    for (let before = 0; taken.length < 3; before = taken.length) {
      await new Promise((resolve) => setImmediate(resolve));
      perTurn.push(taken.length - before);
    }
    expect(Math.max(...perTurn)).toBe(1);
  });

  it('refuses a caller at the deadline, whether its operation hangs or has not started', async () => {
    const storage = gate();
    const answers = [1, 2, 3].map((n) => storage.run(operation(n).run));
    const outcomes = Promise.allSettled(answers);
    await jest.advanceTimersByTimeAsync(DEADLINE);
    for (const { status } of await outcomes) expect(status).toBe('rejected');
    await expect(answers[2]).rejects.toThrow(HistoryUnavailableError);
    await expect(answers[2]).rejects.toThrow('did not answer within 1000 ms');
  });

  it('never starts an operation whose caller was refused', async () => {
    const storage = gate();
    const hung = [operation(1), operation(2)];
    const late = operation(3);
    const outcomes = Promise.allSettled([...hung, late].map(({ run }) => storage.run(run)));
    await jest.advanceTimersByTimeAsync(DEADLINE);
    await outcomes;
    for (const { finish } of hung) finish();
    while (storage.busy) await turn();
    await storage.run(async () => 'next');
    expect(late.run).not.toHaveBeenCalled();
  });

  it('refuses at once while every place is held by an operation that hangs', async () => {
    const storage = gate();
    const outcomes = Promise.allSettled([1, 2].map((n) => storage.run(operation(n).run)));
    await jest.advanceTimersByTimeAsync(DEADLINE);
    await outcomes;
    const next = operation(3);
    await expect(storage.run(next.run)).rejects.toThrow(HistoryUnavailableError);
    expect(next.run).not.toHaveBeenCalled();
  });

  it('works again when storage lets go of what hung', async () => {
    const storage = gate();
    const hung = [operation(1), operation(2)];
    const outcomes = Promise.allSettled(hung.map(({ run }) => storage.run(run)));
    await jest.advanceTimersByTimeAsync(DEADLINE);
    await outcomes;
    for (const { finish } of hung) finish();
    while (storage.busy) await turn();
    await expect(storage.run(async () => 'names')).resolves.toBe('names');
  });

  it('holds an answer of several operations to one deadline', async () => {
    const storage = gate();
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 500));
    const answer = storage.inTime(storage.run(slow).then(() => storage.run(operation(1).run)));
    const refused = expect(answer).rejects.toThrow(HistoryUnavailableError);
    await jest.advanceTimersByTimeAsync(DEADLINE);
    await refused;
  });

  it('does not blame the storage for an answer that waits for nothing of it', async () => {
    const answer = gate().inTime(new Promise(() => {}));
    const refused = expect(answer).rejects.toThrow(HistoryOverloadedError);
    await jest.advanceTimersByTimeAsync(DEADLINE);
    await refused;
  });

  it('tells a caller who had no turn, though nothing hangs, that it was too much', async () => {
    const storage = gate();
    // Each takes a tenth of the deadline: the storage is well, and does two at a time.
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 100));
    const outcomes = Promise.allSettled(Array.from({ length: 202 }, () => storage.run(slow)));
    await jest.advanceTimersByTimeAsync(5000);
    const errors = (await outcomes).flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toBeInstanceOf(HistoryOverloadedError);
  });

  it('refuses at once what would only wait in vain', async () => {
    const storage = gate();
    const running = Array.from({ length: 202 }, () => operation(0));
    for (const { run } of running) storage.run(run).catch(() => undefined);
    await expect(storage.run(operation(1).run)).rejects.toThrow(HistoryOverloadedError);
  });

  it('says why nothing should be begun while many wait, and whose fault that is', async () => {
    const storage = gate();
    expect(storage.refusal).toBeUndefined();
    const answers = Array.from({ length: 66 }, () => storage.run(operation(0).run));
    const outcomes = Promise.allSettled(answers);
    expect(storage.refusal).toBeInstanceOf(HistoryOverloadedError);
    await jest.advanceTimersByTimeAsync(DEADLINE / 2);
    expect(storage.refusal).toBeInstanceOf(HistoryUnavailableError);
    await jest.advanceTimersByTimeAsync(DEADLINE / 2);
    await outcomes;
    expect(storage.refusal).toBeUndefined();
  });

  it('blames the storage for what waits behind an operation that hangs', async () => {
    const storage = gate();
    const answers = Array.from({ length: 3 }, () => storage.inTime(storage.run(operation(0).run)));
    const outcomes = Promise.allSettled(answers);
    await jest.advanceTimersByTimeAsync(DEADLINE);
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ reason: expect.any(HistoryUnavailableError) });
  });
});

describe('StorageGate in a process that gets no processor for longer than the deadline', () => {
  it('still takes the answer that lies ready', async () => {
    const storage = new StorageGate({ width: 2, deadline: 200 });
    const answer = storage.inTime(
      storage.run(() =>
        stat('/')
          .then(() => stat('/'))
          .then(() => 'names'),
      ),
    );
    const end = performance.now() + 500;
    while (performance.now() < end);
    await expect(answer).resolves.toBe('names');
  });
});
