import { monthlyCost, render } from '../../scripts/monthly-cost';

const counts = (...args: Parameters<typeof monthlyCost>) =>
  Object.fromEntries(monthlyCost(...args).map(([what, count]) => [what, count]));

test('without egress there are three endpoints in each zone and no NAT gateway', () => {
  expect(counts('dev')).toMatchObject({ 'interface endpoints, times zones': 6 });
  expect(counts('dev')).not.toHaveProperty('NAT gateways');
});

test('with NAT it is the other way round', () => {
  expect(counts('prod', { egress: 'nat' })).toMatchObject({ 'NAT gateways': 3 });
  expect(counts('prod', { egress: 'nat' })).not.toHaveProperty('interface endpoints, times zones');
});

test('tasks cost what their size and number say', () => {
  const [task] = monthlyCost('dev', { minTasks: '4', cpu: '1024', memoryMiB: '2048' });
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
