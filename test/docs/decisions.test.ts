import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../docs/decisions');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const records = readdirSync(folder).filter((file) => file !== 'README.md');

test('the decisions are numbered without a gap', () => {
  expect(records.map((file) => file.slice(0, 4))).toEqual(
    records.map((_, index) => `${index + 1}`.padStart(4, '0')),
  );
});

describe.each(records)('the decision %s', (file) => {
  it('is in the index', () => {
    expect(read('README.md')).toContain(`- [${file.slice(0, 4)}](${file}): `);
  });

  it('says its status, context, decision, alternatives and consequences, in this order, on a page', () => {
    const text = read(file);
    expect(text).toMatch(
      new RegExp(
        `^# ${file.slice(0, 4)}: .+\n\nStatus: .+ 20\\d\\d.*\n\n## Context\n[^]+\n## Decision\n[^]+\n## Alternatives\n[^]+\n## Consequences\n`,
      ),
    );
    expect(text.split('\n').length).toBeLessThanOrEqual(55);
  });
});
