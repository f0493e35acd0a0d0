import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { temporaryDirectory } from '../support/temporary';

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

test.each(['deploy-stage.yml', 'diff.yml'])(
  'the job of %s, which gets a token for AWS, runs no scripts of packages and builds on pinned images',
  (name) => {
    const [job] = Object.values<{ permissions: object; steps: { run?: string }[] }>(
      parse(readFileSync(join(folder, name), 'utf8')).jobs,
    );
    expect(job?.permissions).toMatchObject({ 'id-token': 'write' });
    expect(job?.steps.flatMap(({ run }) => run ?? []).slice(0, 2)).toEqual([
      'npm ci --ignore-scripts',
      '.github/base-images/pin Dockerfile',
    ]);
  },
);

describe('a pull request', () => {
  const job = (name: string) => Object.values(parse(readFileSync(join(folder, name), 'utf8')).jobs)[0];

  test('from a fork is checked too', () => {
    const { on } = parse(readFileSync(join(folder, 'check.yml'), 'utf8'));
    expect(Object.keys(on)).toContain('pull_request');
    expect(job('check.yml')).toMatchObject({
      if: expect.stringMatching(/head\.repo\.full_name != github\.repository/),
    });
  });

  test('of Dependabot, which gets no token, has no diff', () => {
    expect(job('diff.yml')).toMatchObject({ if: expect.stringContaining("user.login != 'dependabot[bot]'") });
  });
});

test('what Dependabot proposes is a week old', () => {
  const { updates } = parse(readFileSync(join(folder, '../dependabot.yml'), 'utf8'));
  expect(updates.map(({ 'package-ecosystem': ecosystem }: Record<string, string>) => ecosystem)).toEqual([
    'npm',
    'pip',
    'github-actions',
    'docker',
  ]);
  for (const { cooldown } of updates) expect(cooldown['default-days']).toBe(7);
});

describe('the base images', () => {
  const root = join(__dirname, '../..');
  const pin = (text: string) => {
    const file = join(temporaryDirectory(), 'Dockerfile');
    writeFileSync(file, text);
    const { status, stderr } = spawnSync(join(root, '.github/base-images/pin'), [file], { encoding: 'utf8' });
    return { status, stderr, text: readFileSync(file, 'utf8') };
  };

  test('get a digest, and nothing else of the Dockerfile changes', () => {
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
    const pinned = pin(dockerfile);
    expect(pinned).toMatchObject({ status: 0, stderr: '' });
    expect(pinned.text.replace(/@sha256:[0-9a-f]{64}/g, '')).toBe(dockerfile);
    expect(pinned.text.match(/^FROM .*/gm)).toEqual(
      dockerfile.match(/^FROM .*/gm)?.map(() => expect.stringMatching(/@sha256:[0-9a-f]{64}( |$)/)),
    );
  });

  test('have to have one', () => {
    expect(pin('FROM node:99\n')).toMatchObject({ status: 1, stderr: expect.stringContaining('no digest') });
  });
});
