import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '../..');

export interface Run {
  readonly process: ChildProcess;
  /** What it has written so far, to standard output and standard error. */
  output: string;
  /** Resolves at its end. */
  readonly ended: Promise<{ code: number | null; output: string }>;
}

/** Runs one of the repository's scripts with the environment's variables, and more of them. */
export function runScript(path: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Run {
  const command = ['--import', 'tsx', join(root, path), ...args];
  const child = spawn(process.execPath, command, { cwd: root, env: { ...process.env, ...env } });
  const run: Run = {
    process: child,
    output: '',
    ended: once(child, 'close').then(([code]) => ({ code, output: run.output })),
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      run.output += text;
    });
  }
  return run;
}
