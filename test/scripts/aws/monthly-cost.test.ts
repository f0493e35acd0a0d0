import { costChange, monthlyCost, render } from '../../../scripts/aws/monthly-cost';
import { stageOf } from '../../../scripts/aws/stage';
import { stageTemplate } from '../../../scripts/aws/stage-template';

const costOf = (context: Record<string, string>) => monthlyCost(stageTemplate(stageOf(context)));
const counts = (context: Record<string, string>) =>
  Object.fromEntries(costOf(context).map(([what, count]) => [what, count]));

test('without egress there are three endpoints in each zone and no NAT gateway', () => {
  expect(counts({ stage: 'dev' })).toMatchObject({ 'interface endpoints, times zones': 6 });
  expect(counts({ stage: 'dev' })).not.toHaveProperty('NAT gateways');
});

test('with NAT it is the other way round', () => {
  expect(counts({ stage: 'prod', egress: 'nat' })).toMatchObject({ 'NAT gateways': 3 });
  expect(counts({ stage: 'prod', egress: 'nat' })).not.toHaveProperty('interface endpoints, times zones');
});

test('tasks cost what their size and number say', () => {
  const [task] = costOf({ minTasks: '4', cpu: '1024', memoryMiB: '2048' });
  expect(task).toEqual(['tasks of 1 vCPU and 2048 MiB', 4, (0.04048 + 2 * 0.004445) * 730]);
});

test('the lines add up', () => {
  expect(
    render('x', [
      ['a', 2, 1.5],
      ['b', 1, 0.25],
    ]),
  ).toBe('**x: 3.25 USD**\n\n- 3.00: a (2 × 1.50)\n- 0.25: b (1 × 0.25)');
});

test.each([
  [1, 3, 'Monthly cost without requests: +2.00 USD (1.00 → 3.00 USD in us-east-1)'],
  [3, 1, 'Monthly cost without requests: −2.00 USD (3.00 → 1.00 USD in us-east-1)'],
  [2, 2, 'Monthly cost without requests: unchanged (2.00 → 2.00 USD in us-east-1)'],
])('from %d keys to %d the change is told', (before, after, line) => {
  const keys = (count: number) => ({
    Resources: Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`Key${i}`, { Type: 'AWS::KMS::Key' }]),
    ),
  });
  expect(costChange(keys(before), keys(after))).toBe(line);
});
