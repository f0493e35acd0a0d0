import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, lastLine } from '../scripts/containers/command';
import { bytesOf } from '../test/support/raw';
import { pinned, temporaryDirectory } from './support';

/** What is sent, over and over. */
export interface Requests {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Sent in turn. */
  readonly requests: readonly (readonly [path: string, body?: string])[];
}

export interface Measured {
  /** Requests a second. */
  readonly rate: number;
  /** The 99th percentile of the latency, in milliseconds. */
  readonly p99: number;
}

const FILE = join(temporaryDirectory(), 'requests');

/** Asks a server over 32 connections, with wrk; a second is enough where rounds in turns give a median. */
export async function load(
  origin: string,
  { method, headers, requests }: Requests,
  seconds = 1,
): Promise<Measured> {
  const bytes = requests.map(([path, body]) => bytesOf(method, path, { headers, ...(body && { body }) }));
  writeFileSync(FILE, bytes.join('\0'));
  const wrk = ['wrk', '-t1', '-c32', `-d${seconds}s`, '--timeout=10s', '-s', join(__dirname, 'load.lua')];
  const [program = '', ...args] = pinned(1, ...wrk, origin, '--', FILE);
  const { rate, p99, failed } = JSON.parse(lastLine(await command(program, args)) as string);
  if (failed > 0) throw new Error(`${origin} failed ${failed} times at ${method} ${requests[0]}`);
  return { rate, p99 };
}
