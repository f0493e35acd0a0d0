import { reportOf } from '../../rehearsal/report';
import { lineOf, ScenarioRun } from '../../rehearsal/scenario';

const run = () => new ScenarioRun(new AbortController().signal);
beforeEach(() => jest.spyOn(console, 'log').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

test('figures tell what failed, what holds, and what is only told', () => {
  const measured = run();
  measured.timeline.samples.push({ from: 0, to: 1, route: 'getFile', status: 0, failure: 'ECONNRESET' });
  measured.noneFailed();
  measured.atLeast('kills', 30, 30);
  measured.tell('memory', '50 MB');
  expect(measured.figures.map(lineOf)).toEqual([
    'FAIL failed requests: 1 (0)',
    'which: 1 × ECONNRESET at getFile',
    'ok kills: 30 (≥ 30)',
    'memory: 50 MB',
  ]);
});

test('the report has the events with their seconds, each figure with its limit, and what was skipped', () => {
  const { timeline, figures } = run();
  timeline.note('destroying one');
  figures.push({ what: 'restarts', value: '1', limit: '0', holds: false });
  const report = reportOf(
    [
      { name: 'seed', title: 'Files stay', timeline, figures },
      { name: 'storage', title: 'It hangs', timeline: run().timeline, figures: [], skipped: 'no bindfs' },
    ],
    '0 figures hold, 1 do not',
  );
  expect(report).toContain(
    ': 0 figures hold, 1 do not.\n\n## seed: Files stay\n\n- 0 s: destroying one\n\n- FAIL restarts: 1 (0)',
  );
  expect(report).toContain('## storage: It hangs\n\nSkipped: no bindfs');
});

test('what a scenario started is undone in the opposite order, also when a part of that fails', async () => {
  const undone: string[] = [];
  const started = run();
  started.cleanUp(() => undone.push('the replicas'));
  started.cleanUp(() => Promise.reject(new Error('gone already')));
  started.cleanUp(() => undone.push('the load'));
  await started.undo();
  expect(undone).toEqual(['the load', 'the replicas']);
  expect(started.timeline.events).toMatchObject([{ what: 'gone already' }]);
});

test('what never holds took infinitely long', async () => {
  expect(await run().eventually(0.2, async () => false)).toBe(Number.POSITIVE_INFINITY);
  expect(await run().eventually(0.2, async () => true)).toBeLessThan(0.2);
});
