import { ScenarioRun } from '../../rehearsal/scenario';

const run = () => new ScenarioRun(new AbortController().signal);
beforeEach(() => jest.spyOn(console, 'log').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

test('what happened and what was measured is told, with the seconds since the start', () => {
  const measured = run();
  measured.say('destroying one');
  measured.timeline.samples.push({ from: 0, to: 1, route: 'getFile', status: 0, failure: 'ECONNRESET' });
  measured.noneFailed();
  measured.atLeast('kills', 30, 30);
  expect(measured.lines).toEqual([
    '- 0 s: destroying one',
    '- 0 s: FAIL failed requests: 1 (0)',
    '- 0 s: which: 1 × ECONNRESET at getFile',
    '- 0 s: ok kills: 30 (≥ 30)',
  ]);
  expect([measured.held, measured.failed]).toEqual([1, 1]);
});

test('what a scenario started is undone in the opposite order, also when a part of that fails', async () => {
  const undone: string[] = [];
  const started = run();
  started.cleanUp(() => undone.push('the replicas'));
  started.cleanUp(() => Promise.reject(new Error('gone already')));
  started.cleanUp(() => undone.push('the load'));
  await started.undo();
  expect(undone).toEqual(['the load', 'the replicas']);
  expect(started.lines).toEqual(['- 0 s: gone already']);
});

test('what never holds took infinitely long', async () => {
  expect(await run().eventually(0.2, async () => false)).toBe(Number.POSITIVE_INFINITY);
  expect(await run().eventually(0.2, async () => true)).toBeLessThan(0.2);
});
