import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A part of the benchmark is a module: a table, whose rows come as they are measured. */
export interface Part {
  /** @default a measure, its figure and its target */
  readonly columns?: readonly string[];
  /** @param only of the operations, those whose name contains this */
  rows(only: string): AsyncGenerator<string[]>;
}

/** A cell: bold where the figure misses its target. */
export const judged = (figure: string, holds: boolean): string => (holds ? figure : `**${figure}**`);

/** A row of a measure, its figure and its target. */
export const atMost = (measure: string, value: number, limit: number, unit = ''): string[] => [
  measure,
  judged(`${Number(value.toPrecision(3))}${unit}`, value <= limit),
  `≤ ${limit}${unit}`,
];

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] as number;

const cleanups: (() => void)[] = [];
process.on('exit', () => {
  for (const cleanup of cleanups) cleanup();
});
process.on('SIGINT', () => process.exit(130));

/** A new empty directory, removed when the benchmark ends. */
export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'keepsake-bench-'));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface Server {
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a program that logs `{"event":"listening","port":…}`, and waits until it has. */
export async function startServer(
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const env = { ...process.env, ...environment };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  // SIGKILL would not reach the container of `docker run`.
  cleanups.push(() => child.kill());
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const { event, port } = JSON.parse(line);
    if (event !== 'listening') continue;
    child.stdout.resume();
    const stop = async () => {
      child.kill();
      await exited;
    };
    return { origin: `http://localhost:${port}`, pid: child.pid as number, stop };
  }
  throw new Error(`${program} ${args.join(' ')} ended before it listened.`);
}

/** Servers get one core and the load another, so that neither is measured for what the other takes. */
export const pinned = (core: number, ...command: readonly string[]): string[] =>
  process.platform === 'linux' ? ['taskset', '--cpu-list', String(core), ...command] : [...command];

/** The flags of `npm start` and of the image. */
export const NODE = [process.execPath, '--max-semi-space-size=8'];
export const BUNDLE = join(__dirname, '../dist/main.js');

export const startKeepsake = (history: string): Promise<Server> =>
  startServer(pinned(0, ...NODE, BUNDLE), {
    HISTORY_DIR: history,
    GENERATED_DIR: temporaryDirectory(),
    PORT: '0',
  });
