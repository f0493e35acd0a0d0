import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const sources = [
  'app',
  'bin',
  'docs',
  'lib',
  'scripts',
  'test',
  'Dockerfile',
  '.dockerignore',
  '.npmrc',
  'cdk.json',
];
const packages = ['package.json', 'package-lock.json', 'tsconfig.json'];
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A copy of what the repository holds, in a folder of its own. */
function copy(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  folders.push(folder);
  for (const name of [...sources, ...packages])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs the CDK entry as the command line does: context and output folder in the environment. */
function synthesize(folder: string, entry: string, given: Record<string, string> = {}, environment = {}) {
  const { context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  const outdir = join(folder, 'cdk.out');
  const { status, stderr } = spawnSync('node', ['--import', 'tsx', `bin/${entry}.ts`], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...given }),
      ...environment,
    },
  });
  return { status, stderr, outdir };
}

/** Every byte that a deployment reads: the templates, the manifests, and the folder that the image is made of. */
function bytes(outdir: string): Record<string, string> {
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /template|assets|asset\./.test(join(entry.parentPath, entry.name).slice(outdir.length)),
    )
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [file.slice(outdir.length), readFileSync(file, 'base64')]));
}

describe('with the same source', () => {
  const elsewhere = join(__dirname, 'support/another-machine.js');
  const here = synthesize(copy('keepsake-'), 'keepsake');
  const there = synthesize(
    copy('a-much-longer-name-'),
    'keepsake',
    {},
    {
      NODE_OPTIONS: `--require ${elsewhere}`,
      TZ: 'Pacific/Chatham',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      USER: 'somebody',
      HOME: tmpdir(),
    },
  );

  test('another folder, host, locale, time zone and date give the same bytes', () => {
    expect([here.stderr, there.stderr]).toEqual(['', '']);
    const first = bytes(here.outdir);
    expect(Object.keys(first)).toEqual(
      expect.arrayContaining(['/Keepsake-dev.template.json', '/Keepsake-dev.assets.json']),
    );
    expect(bytes(there.outdir)).toEqual(first);
  });

  test('the other machine was another one', () => {
    const { stdout } = spawnSync(
      'node',
      ['--require', elsewhere, '-p', 'require("os").hostname() + new Date().getFullYear()'],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout).toBe('another-machine2041\n');
  });
});

describe('what was asked for', () => {
  const folder = copy('keepsake-');

  test('a stage that does not exist ends it with one line', () => {
    const { status, stderr } = synthesize(folder, 'keepsake', { stage: 'test' });
    expect([status, stderr]).toEqual([
      2,
      'stage: "test" does not exist; choose dev or prod, or add -c like=dev for one like dev\n',
    ]);
  });

  test('a key that does not exist ends it with one line', () => {
    const { status, stderr } = synthesize(folder, 'keepsake', { regoin: 'eu-west-1' });
    expect([status, stderr.split('\n').length]).toEqual([2, 2]);
  });

  test('the pipeline needs a repository', () => {
    const { status, stderr } = synthesize(folder, 'keepsake-ci');
    expect([status, stderr]).toEqual([
      2,
      'repository: missing; give -c repository=…, owner/name, as GitHub spells it\n',
    ]);
  });

  test('the pipeline has a stack of its own', () => {
    const { outdir } = synthesize(folder, 'keepsake-ci', { repository: 'acme/keepsake' });
    expect(readdirSync(outdir)).toContain('KeepsakeCi.template.json');
  });
});
