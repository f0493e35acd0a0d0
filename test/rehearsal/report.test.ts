import { linesOf, reportOf, summaryOf } from '../../rehearsal/report';
import { atMost, type ScenarioContext, told } from '../../rehearsal/scenario';
import { Timeline } from '../../rehearsal/timeline';

const timeline = new Timeline();
timeline.note('destroying one');
const scenario = { name: 'seed', title: 'Files stay', run: async (_: ScenarioContext) => [] } as const;
const outcome = {
  scenario,
  timeline,
  figures: [atMost('failed requests', 2, 0), atMost('restarts', 0, 0), told('memory', '50 MB')],
};
const skipped = { scenario, timeline: new Timeline(), figures: [], skipped: 'there is no bindfs' };

test('a terminal shows what failed, what holds, and what is only told', () => {
  expect(linesOf(outcome)).toEqual([
    '  FAIL  failed requests: 2 (0)',
    '  ok    restarts: 0 (0)',
    '        memory: 50 MB',
  ]);
  expect(linesOf(skipped)).toEqual(['  skipped: there is no bindfs']);
});

test('the report has the events with their seconds, each figure with its limit, and what was skipped', () => {
  const report = reportOf([outcome, skipped]);
  expect(report).toContain('2 figures hold, 1 do not');
  expect(report).toContain('- 0 s: destroying one');
  expect(report).toContain('| failed requests | 2 | 0 | FAIL |');
  expect(report).toContain('Skipped: there is no bindfs');
  expect(summaryOf([skipped])).toBe('0 figures hold, 0 do not');
});
