import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
export const IMAGE = 'keepsake-test';

const running = spawnSync('docker', ['info']).status === 0;
if (!running) process.stderr.write('Skipped: the container tests need a running Docker engine\n');

/** Describes tests that run containers; skipped where no Docker engine is running. */
export const describeDocker = running ? describe : describe.skip;

/** What a task on Fargate has: the limits under which the image must work. */
export const AS_ON_FARGATE = ['--init', '--read-only', '--cap-drop=ALL', '--cpus=0.25', '--memory=512m'];

export function docker(...args: string[]): string {
  return execFileSync('docker', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Builds the image for the tests of a file, by whichever builder is the client's own, and removes it after them. */
export function withImage(): void {
  beforeAll(() => docker('build', '--quiet', '--network=host', `--tag=${IMAGE}`, '.'));
  afterAll(() => docker('image', 'rm', '--force', IMAGE));
}

/**
 * A Docker client that can have BuildKit build: one with buildx, or one from before 23, which needs no plugin. Undefined
 * where there is none.
 */
export const buildKitClient = (process.env.PATH ?? '')
  .split(':')
  .map((folder) => join(folder, 'docker'))
  .find((client) => {
    const { stdout, error } = spawnSync(client, ['--version'], { encoding: 'utf8' });
    if (error) return false;
    return Number.parseInt(/version (\d+)/.exec(stdout)?.[1] ?? '', 10) < 23 || has(client, 'buildx');
  });

function has(client: string, plugin: string): boolean {
  return spawnSync(client, [plugin, 'version']).status === 0;
}

const started: string[] = [];
afterAll(() => {
  if (started.length > 0) docker('rm', '--force', '--volumes', ...started.splice(0));
});

/** Starts a container, removed after the tests of the file. @returns its id */
export function run(...args: string[]): string {
  const id = docker('run', '--detach', ...args).trim();
  started.push(id);
  return id;
}

/** The lines that the container has logged. */
export function logOf(id: string): Record<string, unknown>[] {
  const lines = docker('logs', id).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

/** What the container has written to standard error. */
export const errorsOf = (id: string): string =>
  spawnSync('docker', ['logs', id], { encoding: 'utf8' }).stderr;

/** The address on this machine that the container's port is published at. */
export function published(id: string, port: number): string {
  return `http://${docker('port', id, `${port}/tcp`).split('\n')[0]?.replace('0.0.0.0', '127.0.0.1')}`;
}

/** The image or container, as Docker describes it. */
// biome-ignore lint/suspicious/noExplicitAny: Docker's own format.
export function inspect(what: string): any {
  return JSON.parse(docker('inspect', what))[0];
}

/** What a script that the image's own Node.js runs prints as JSON: there is no shell to look around with. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the script makes.
export function evaluate(script: string, ...args: string[]): any {
  const node = [
    '--rm',
    '--entrypoint=/nodejs/bin/node',
    ...args,
    IMAGE,
    '--print',
    `JSON.stringify(${script})`,
  ];
  return JSON.parse(docker('run', ...node));
}
