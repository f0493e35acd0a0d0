import { readFileSync } from 'node:fs';
import { section, tables } from '../../scripts/scaling';
import { type Deployment, deployment } from '../../scripts/scaling/deployment';
import { directoriesOfMonth } from '../../scripts/scaling/directories';
import { quotaTable, taskTable } from '../../scripts/scaling/tables';
import { marked } from '../../scripts/written-section';

const prod = deployment('prod');
const row = (of: Deployment, what: string) => quotaTable(of).rows.find(([name]) => name === what) as string[];

test('a deployment is read from its template', () => {
  // Three zones of a /20 less AWS's five addresses, each with three endpoints and a mount target.
  expect(prod).toEqual({
    vcpusOfTask: 0.25,
    rollout: 2,
    zones: 3,
    addressesInZone: 4096 - 5 - 4,
    ownInterfaces: 12,
    requestsOfTask: 100,
  });
});

test('larger tasks use up the processors sooner, and zones add addresses', () => {
  const large = deployment('dev', { cpu: '1024', memoryMiB: '2048' });
  expect(row(large, 'Fargate On-Demand vCPUs').slice(1, 5)).toEqual(['6', '1', '6', '3']);
  expect(row(large, 'addresses in the private subnets')[1]).toBe('8,174');
});

test('without endpoints more addresses are left', () => {
  expect(deployment('prod', { egress: 'nat' }).addressesInZone).toBe(4096 - 5 - 1);
});

test('prod can double its tasks within the default quota of processors', () => {
  expect(row(prod, 'Fargate On-Demand vCPUs')[4]).toBe('12');
});

test('the lowest limit comes first', () => {
  const allowed = quotaTable(prod).rows.map((cells) => Number((cells[4] as string).replaceAll(',', '')));
  expect(allowed).toEqual(allowed.toSorted((a, b) => a - b));
});

test('looks at directories grow with tasks and stay a share of what the file system allows', () => {
  const looks = taskTable(prod).rows.find(([what]) => what === 'looks at directories/s, quiet');
  expect(looks?.slice(1)).toEqual(['40 (0.016 %)', '400 (0.16 %)', '4,000 (1.6 %)', '20,000 (8 %)']);
});

test.each([
  [0, 1],
  [136, 1],
  // The month is full on the third day, and each day from then on has its own.
  [2000, 1 + 28],
  // 100 a minute: a directory takes 41 minutes. The first day's begins when the month's is full, so it has an hour less;
  // an hour that begins in its own directory has 19 minutes left.
  [144_000, 1 + 30 + (23 + 22 * 19) + 29 * (24 + 23 * 19)],
])('%d records a day fill %d directories in a month', (records, directories) => {
  expect(directoriesOfMonth(records)).toBe(directories);
});

test('more than the minutes can take is refused rather than miscounted', () => {
  expect(() => directoriesOfMonth(10_000_000)).toThrow('10000000 records a day fill the seconds too');
});

test.each(Object.entries(tables(prod)))(
  'docs/scaling.md has the table %s as `npm run scaling -- --write` writes it',
  (name, table) => {
    expect(readFileSync(section(name).document, 'utf8')).toContain(marked(section(name), table));
  },
);
