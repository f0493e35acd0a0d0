import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

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

describe('a commit on its way to prod', () => {
  const workflow = (name: string) => parse(readFileSync(join(folder, name), 'utf8'));
  const { check, dev, prod } = workflow('deploy.yml').jobs;
  const { deploy } = workflow('deploy-stage.yml').jobs;

  test('is checked, then deployed to dev, then to prod, by the same steps', () => {
    expect(check.uses).toBe('./.github/workflows/check.yml');
    expect([dev.needs, dev.uses, dev.with.stage]).toEqual(['check', prod.uses, 'dev']);
    expect([prod.needs, prod.with.stage]).toEqual([['check', 'dev'], 'prod']);
  });

  test('waits where the environment of its stage has reviewers, and is refused where it is not on main', () => {
    expect(deploy.environment.name).toMatch(/inputs\.stage/);
    for (const { if: condition } of [dev, prod])
      expect(condition).toContain("github.ref == 'refs/heads/main'");
  });

  test('stops when dev failed', () => {
    expect(prod.if).toContain("needs.check.result == 'success'");
    expect(prod.if).toContain("(needs.dev.result == 'success' || needs.dev.result == 'skipped')");
  });

  test('is asked from the outside in each stage', () => {
    expect(deploy.steps.at(-1).run).toBe('npm run smoke -- "$URL"');
  });
});
