import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Answer, ask, type Question } from './api';

export const BUNDLE = join(__dirname, '../../dist/main.js');

export interface Container {
  process: ChildProcess;
  origin: string;
  /** The name of its own file. */
  file: string;
  /** What it has logged. */
  log: Record<string, unknown>[];
  /** What it has written to standard error. */
  errors: string[];
  ask(path: string, question?: Question): Promise<Answer>;
  /** Sends the signal, and resolves with the exit code, or the signal that ended it. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the built bundle as a process of its own, whether or not it comes to listen. Killed after the tests of the file. */
export function spawnContainer(
  environment: Record<string, string>,
  command = process.execPath,
  args = [BUNDLE],
) {
  const child = spawn(command, args, { env: { PATH: process.env.PATH, PORT: '0', ...environment } });
  running.add(child);
  const log: Record<string, unknown>[] = [];
  const errors: string[] = [];
  createInterface(child.stdout).on('line', (line) => log.push(JSON.parse(line)));
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  // 'close' comes after everything that it wrote has been read.
  const ended = once(child, 'close').then(([code, signal]): number | NodeJS.Signals => {
    running.delete(child);
    return signal ?? code;
  });
  const listening = new Promise<Container>((resolve, reject) => {
    const look = setInterval(() => {
      const line = log.find(({ event }) => event === 'listening');
      if (!line && child.exitCode === null && child.signalCode === null) return;
      clearInterval(look);
      if (!line) return reject(new Error(`It ended before it listened: ${JSON.stringify({ log, errors })}`));
      const origin = `http://localhost:${line.port}`;
      resolve({
        process: child,
        origin,
        file: line.file as string,
        log,
        errors,
        ask: (path, question) => ask(origin, path, question),
        end: (signal = 'SIGTERM') => {
          child.kill(signal);
          return ended;
        },
      });
    }, 5);
  });
  listening.catch(() => undefined);
  return { process: child, log, errors, ended, listening };
}

/** Starts the built bundle and waits until it listens. */
export const startContainer = (environment: Record<string, string>): Promise<Container> =>
  spawnContainer(environment).listening;
