import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** One line of the table. */
export interface Row {
  measure: string;
  figure: string;
  target: string;
  /** Undefined for what has no target, or could not be measured. */
  holds?: boolean | undefined;
}

export const BUNDLE = join(__dirname, '../dist/main.js');

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

/** Servers get one core and the load another, so that neither is measured for what the other takes. */
const pinned = (core: number, command: string[]) =>
  cpus().length > 1 && has('taskset') ? ['taskset', '--cpu-list', String(core), ...command] : command;

export function has(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`]);
    return true;
  } catch {
    return false;
  }
}

export interface Server {
  origin: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts a program that logs `{"event":"listening","port":…}`, and waits until it has. */
export async function startServer(
  command: string[],
  environment: Record<string, string> = {},
): Promise<Server> {
  const [program, ...args] = pinned(0, command) as [string, ...string[]];
  const child: ChildProcess = spawn(program, args, {
    env: {
      ...process.env,
      PORT: '0',
      GENERATED_DIR: join(tmpdir(), 'keepsake-bench-generated'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout as NodeJS.ReadableStream)) {
    const { event, port } = JSON.parse(line);
    if (event !== 'listening') continue;
    child.stdout?.resume();
    const stop = async () => {
      child.kill('SIGTERM');
      await exited;
    };
    return { origin: `http://localhost:${port}`, pid: child.pid as number, stop };
  }
  throw new Error(`${command.join(' ')} ended before it listened.`);
}

/** Starts it with the flags of `npm start` and of the image. */
export const startKeepsake = (historyDir: string): Promise<Server> =>
  startServer([process.execPath, '--max-semi-space-size=2', BUNDLE], { HISTORY_DIR: historyDir });

/** Loads a URL over 32 connections. @returns requests a second, and the 99th percentile of their latency in milliseconds. */
export async function load(
  url: string,
  seconds: number,
  script?: string,
): Promise<{ rate: number; p99: number }> {
  const command = [
    'wrk',
    '-t1',
    '-c32',
    `-d${seconds}s`,
    '--latency',
    ...(script ? ['-s', script] : []),
    url,
  ];
  const [program, ...args] = pinned(1, command) as [string, ...string[]];
  const { stdout } = await promisify(execFile)(program, args);
  const [, rate] = stdout.match(/Requests\/sec:\s+([\d.]+)/) as RegExpMatchArray;
  const [, p99, unit] = stdout.match(/99%\s+([\d.]+)(us|ms|s)/) as RegExpMatchArray;
  if (/Non-2xx|Socket errors/.test(stdout))
    throw new Error(`${url} did not answer every request:\n${stdout}`);
  return { rate: Number(rate), p99: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'] };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/** A process's resident memory in MB: what it has now (`VmRSS`), or has had at the most (`VmHWM`). */
export function memory(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(
    new RegExp(`${field}:\\s+(\\d+)`),
  ) as RegExpMatchArray;
  return Number(kilobytes) / 1024;
}
