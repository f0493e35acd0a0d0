/**
 * Does what the README says, as a newcomer would: `npm run check:readme`. Runs its blocks of commands in order, in a copy
 * of the working tree without anything that git ignores, and compares what they print with what the README says.
 *
 * Left out are the blocks that need an AWS account (test/docs/documents.test.ts looks at those), those that .ci/run runs itself,
 * and, with a line that says so, those that need Docker where there is none. Exits with 1 when a block does not hold.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitWith } from '../scripts/exit-with';
import { type CommandBlock, commandBlocks, readDocument } from './documents';

const ROOT = join(__dirname, '..');
/** How long a block may take, in seconds. */
const PATIENCE = 300;

function copyOfWorkingTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'keepsake-readme-'));
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const files = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) cpSync(join(ROOT, file), join(copy, file));
  return copy;
}

/** Whether `text` is what the README says, where `…` stands for anything; for one that still runs, so far. */
export function isAsSaid(text: string, said: string, stillRuns = false): boolean {
  const literal = said
    .trim()
    .split('…')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*?')}${stillRuns ? '' : '$'}`, 's').test(text.trim());
}

/**
 * Runs a block. @returns undefined when it did what the README says, and otherwise what it did instead. One that prints
 * what is expected and goes on running, as a server does, is left to run; `running` gets it.
 */
async function run(block: CommandBlock, cwd: string, running: ChildProcess[]): Promise<string | undefined> {
  // A project of its own: the developer's containers and history are left alone.
  const env = { ...process.env, COMPOSE_PROJECT_NAME: 'keepsake-readme' };
  // A process group of its own: Ctrl-C reaches what the shell has started.
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', block.commands], { cwd, env, detached: true });
  running.push(child);
  let [printed, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const ended = once(child, 'close');
  const said = block.output;
  for (let tenths = 0; child.exitCode === null; tenths++) {
    if (said && isAsSaid(printed, said, true) && (await Promise.race([ended, sleep(1000)])) === undefined)
      return;
    if (tenths === PATIENCE * 10)
      return `It has not ended after ${PATIENCE} s, and printed:\n${printed}${errors}`;
    await Promise.race([ended, sleep(100)]);
  }
  await ended;
  if (child.exitCode !== 0) return `It ended with ${child.exitCode}:\n${printed}${errors}`;
  if (said && !isAsSaid(printed, said)) return `It printed:\n${printed}${errors}\nThe README says:\n${said}`;
}

/** Ctrl-C, as in the newcomer's terminal. */
async function interrupt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-(child.pid as number), 'SIGINT');
  await once(child, 'close');
}

async function main(): Promise<number> {
  const hasDocker = spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0;
  const copy = copyOfWorkingTree();
  const running: ChildProcess[] = [];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => Promise.all(running.map(interrupt)).then(() => process.exit(130)));
  }
  let [passed, failed] = [0, 0];
  try {
    for (const block of commandBlocks(readDocument('README.md'))) {
      const title = `README.md:${block.line}  ${block.commands.trim().replaceAll('\n', '; ')}`;
      if (block.needs === 'aws' || block.needs === 'ci') continue;
      if (block.needs === 'docker' && !hasDocker) {
        console.log(`skipped: ${title}: no Docker engine answers`);
        continue;
      }
      const problem = await run(block, copy, running);
      console.log(problem ? `FAILED: ${title}\n${problem}` : `passed: ${title}`);
      if (problem) failed++;
      else passed++;
    }
  } finally {
    for (const child of running) await interrupt(child);
    rmSync(copy, { recursive: true });
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

if (require.main === module) exitWith(main());
