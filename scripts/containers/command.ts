import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Failure } from '../support/command-line';

/** A program ended with another code than 0; the message is the last line that it wrote to standard error. */
export class CommandError extends Failure {
  override name = 'CommandError';
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a program, and resolves when it has ended with its exit code and what it wrote to standard output and standard error.
 * @throws the error of a program that is not there; the signal's reason
 */
export async function execute(
  program: string,
  args: readonly string[],
  { cwd, env, signal }: CommandOptions = {},
): Promise<{ code: number | null; output: string; errors: string }> {
  signal?.throwIfAborted();
  // In a process group of its own: Ctrl-C must reach this process alone, which decides what is ended in which order.
  const child = spawn(program, args, {
    cwd,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', end);
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  const [[code], output, errors] = await ended.finally(() => signal?.removeEventListener('abort', end));
  signal?.throwIfAborted();
  return { code, output, errors };
}

/** The same, but resolves with standard output alone. @throws CommandError where the exit code is not 0 */
export async function command(
  program: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<string> {
  const { code, output, errors } = await execute(program, args, options);
  if (code === 0) return output;
  throw new CommandError(lastLine(errors || output) ?? `${program} ended with code ${code}`);
}

/** The last line that is not empty. */
export const lastLine = (lines: string): string | undefined =>
  lines.trim().split('\n').at(-1)?.trim() || undefined;

/** Whether something that may be refused is done. */
export const succeeds = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );
