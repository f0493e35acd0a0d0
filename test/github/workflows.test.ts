import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../.github/workflows');

describe.each(readdirSync(folder))('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');

  test('every action is this repository’s own or pinned by its commit, with the version beside it', () => {
    const used = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^(\.\/.+|\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  test('it may read the repository, and a job that needs more says so itself', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
  });

  test('runs of it do not get in each other’s way', () => {
    expect(text).toMatch(/^concurrency:\n {2}group: /m);
  });

  test('there are no stored keys', () => {
    expect(text).not.toMatch(/secrets\.|aws-access-key-id/);
  });
});
