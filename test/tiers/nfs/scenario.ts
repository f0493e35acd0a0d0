/** What happens in the virtual machine: runs as /scenario.js there, and writes one line of results to the console. */
import { spawn } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { shardPaths } from '../../../app/history/shard-path';
import { DAY, nameAt, putRecord } from '../../support/records';

const [A, B] = ['/client-1', '/client-2'];
/** Odd, for the median. */
const ROUNDS = 3;
const MOST = 90; // seconds to wait for anything: the cache that this is about lasts 60

/** Seconds. */
export type Round = Record<'listed' | 'firstOfMonth' | 'removed', number>;

async function start(historyDir: string, port: number) {
  const child = spawn('/bin/node', ['/app/main.js'], {
    env: { PORT: `${port}`, HISTORY_DIR: historyDir, GENERATED_DIR: `/tmp/${port}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const { event, file } = JSON.parse(line);
    if (event === 'listening') return { file: file as string, files: () => files(port) };
  }
  throw new Error(`The container on ${historyDir} ended before it listened.`);
}

async function files(port: number): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/files`, { headers: { Accept: 'application/json' } });
  return response.ok ? ((await response.json()) as { files: string[] }).files : [];
}

/** How many seconds it takes until `holds`, asked four times a second. */
async function seconds(holds: () => boolean | Promise<boolean>): Promise<number> {
  const begun = Date.now();
  const passed = () => (Date.now() - begun) / 1000;
  while (!(await holds()) && passed() < MOST) await sleep(250);
  return passed();
}

/** How long B takes to list a file that A has just got, then the first one of a month, and not to list the first of them when A deletes it. */
async function round(onB: { files(): Promise<string[]> }, file: string, month = 0): Promise<Round> {
  const isListed = async (name: string) => (await onB.files()).includes(name);
  const listed = await seconds(() => isListed(file));
  const nextMonth = putRecord(A, nameAt(Date.now() + (month + 1) * 31 * DAY)); // in a directory of its own
  const firstOfMonth = await seconds(() => isListed(nextMonth));
  unlinkSync(join(A, shardPaths(file)[0] as string, file));
  const removed = await seconds(async () => !(await isListed(file)));
  return { listed, firstOfMonth, removed };
}

async function main() {
  const onB = await start(B, 8002);
  // A minute in small: what B knows of its directories is a few seconds old when A changes them.
  for (let i = 0; i < 10; i++) await onB.files().then(() => sleep(300));
  const onA = await start(A, 8001);
  const rounds = [await round(onB, onA.file)];
  for (let n = 1; n < ROUNDS; n++) rounds.push(await round(onB, putRecord(A, nameAt(Date.now())), n));

  // Without this, the figures above would say nothing: the clients must not share what they remember. Two levels, because a
  // client that sees a directory change looks up its entries afresh, and the containers look at the mount's root.
  const [seenByA, seenByB] = [join(A, 'control/directory'), join(B, 'control/directory')];
  mkdirSync(seenByA, { recursive: true });
  writeFileSync(join(seenByA, 'one'), '');
  readdirSync(seenByB);
  const { mtimeNs } = lstatSync(seenByB, { bigint: true });
  linkSync(join(seenByA, 'one'), join(seenByA, 'two'));
  const byStat = await seconds(() => lstatSync(seenByB, { bigint: true }).mtimeNs !== mtimeNs);

  console.log(`RESULT ${JSON.stringify({ rounds, byStat })}`);
}

main().then(
  () => process.exit(),
  (error) => {
    console.log(error);
    process.exit(1);
  },
);
