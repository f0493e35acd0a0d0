import { readFileSync } from 'node:fs';
import { monthlyCost } from '../../scripts/monthly-cost';
import { costTable, options, section } from '../../scripts/option-costs';
import { capacityUnits } from '../../scripts/option-load';
import { marked } from '../../scripts/written-section';

const named = (name: string) => options.find((option) => option.name.includes(name));

test('a connection for each request is what the load balancer is paid for, unless answers are large', () => {
  expect(capacityUnits(1)).toBe(4);
  expect(capacityUnits(0.04)).toBeCloseTo((100 * 3600 * 1050) / 1e9 / 0.04);
});

test('the stages cost what their templates say', () => {
  for (const stage of ['dev', 'prod']) {
    const sum = monthlyCost(stage).reduce((total, [, count, each]) => total + count * each, 0);
    expect(named(`stage ${stage}`)?.atRest).toBe(sum);
  }
});

test('a machine costs its hours, its disk and its address', () => {
  expect(named('systemd')?.atRest).toBeCloseTo((0.0104 + 0.005) * 730 + 8 * 0.08);
});

test('the control plane is what EKS costs more than ECS on EC2, with smaller disks', () => {
  const difference = (named('EKS')?.atRest ?? 0) - (named('ECS on EC2')?.atRest ?? 0);
  expect(difference).toBeCloseTo(0.1 * 730 - 2 * 10 * 0.08);
});

test('every way costs something at rest, and more under load', () => {
  expect(options).toHaveLength(11); // ten ways, of which the chosen one has two stages
  for (const { atRest, forRequests } of options) {
    expect(atRest).toBeGreaterThan(0);
    expect(forRequests).toBeGreaterThan(0);
  }
});

test('docs/deployment-options.md says what `npm run cost:options -- --write` writes', () => {
  expect(readFileSync(section.document, 'utf8')).toContain(marked(section, costTable()));
});
