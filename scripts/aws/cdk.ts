import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Runs the pinned CDK command line for the stage that settings choose. @returns its exit code. */
export async function cdk(
  command: string,
  context: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<number> {
  const settings = Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const program = join(ROOT, 'node_modules/.bin/cdk');
  // Ctrl-C reaches the CDK too, which decides when to end; this process waits for it.
  const ignore = () => {};
  process.on('SIGINT', ignore);
  const child = spawn(program, [command, ...settings, ...args], { cwd: ROOT, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  process.off('SIGINT', ignore);
  return code ?? 1;
}

/** The commit that is deployed from here, such as 1a2b3c4d5e6f, with `-modified` when files differ from it. */
export function commitHere(): string | undefined {
  const describe = ['describe', '--always', '--exclude=*', '--abbrev=12', '--dirty=-modified'];
  const { status, stdout } = spawnSync('git', describe, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
