import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { has, median, type Row } from './support';

const IMAGE = 'keepsake-bench';
const BARE =
  "require('node:http').createServer((_, response) => response.end()).listen(8080, () => console.log('listening'))";
const ROUNDS = 7;

const docker = (...args: string[]): string =>
  execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Start to listening in the image at a quarter of a core, against a bare server in the same image, in turns. */
export async function image(): Promise<Row[]> {
  const row = {
    measure: 'start to listening in the image at 0.25 CPU, against a bare server',
    target: '≤ 2',
  };
  if (!has('docker') || !isRunning()) return [{ ...row, figure: 'not measured: no Docker' }];
  docker('build', '--network', 'host', '--tag', IMAGE, join(__dirname, '..'));
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await timeToListen(IMAGE, '-e', BARE));
    ours.push(await timeToListen(IMAGE));
  }
  const value = median(ours) / median(bare);
  const figure = `${value.toFixed(2)} (${median(ours).toFixed(0)} ms, ${median(bare).toFixed(0)} ms)`;
  return [{ ...row, figure, holds: value <= 2 }];
}

function isRunning(): boolean {
  try {
    docker('info');
    return true;
  } catch {
    return false;
  }
}

/** From the moment that the engine started the process to its line that says that it listens, in milliseconds. */
async function timeToListen(...command: string[]): Promise<number> {
  const id = docker('run', '--detach', '--cpus', '0.25', '--memory', '512m', ...command).trim();
  try {
    for (;;) {
      const line = docker('logs', '--timestamps', id)
        .split('\n')
        .find((text) => /listening/i.test(text));
      const started = docker('inspect', '--format', '{{.State.StartedAt}}', id).trim();
      if (line) return milliseconds(line.split(' ')[0] as string) - milliseconds(started);
      await sleep(200);
    }
  } finally {
    docker('rm', '--force', '--volumes', id);
  }
}

/** Docker's times have nanoseconds, which `Date` does not read. */
const milliseconds = (time: string): number => Date.parse(`${time.slice(0, 23)}Z`);
