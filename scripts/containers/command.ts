import { spawn } from 'node:child_process';

/** What a person has to know, in one line: something is missing, taken or broken. */
export class Failure extends Error {
  override name = 'Failure';
}

/** A program ended with another code than 0; the message is the last line that it wrote to standard error. */
export class CommandError extends Error {
  override name = 'CommandError';
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Resolves with what it wrote to standard error too. @default false */
  readonly errorsToo?: boolean;
}

/**
 * Runs a program and resolves with what it wrote to standard output, once it has ended.
 * @throws CommandError; the error of a program that is not there; the signal's reason.
 */
export function command(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { env = {}, signal, errorsToo = false } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    // In a process group of its own: Ctrl-C must reach this process alone, which decides what is ended in which order.
    const child = spawn(program, args, { detached: true, env: { ...process.env, ...env } });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    const end = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', end);
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) reject(signal.reason);
      else if (code === 0) resolve(errorsToo ? output + errors : output);
      else reject(new CommandError(lastLine(errors || output) ?? `${program} ended with code ${code}`));
    });
  });
}

/** The last line that is not empty. */
export const lastLine = (text: string): string | undefined =>
  text.trim().split('\n').at(-1)?.trim() || undefined;
