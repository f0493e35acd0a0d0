/**
 * Does what the README says, as a newcomer would: runs its blocks of commands in order, in a copy of the working tree without
 * what git ignores, and compares what they print with what the README says. Blocks that need an AWS account are left out.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, run } from '../scripts/support/command-line';

const ROOT = join(__dirname, '..');
/** A fenced block of shell commands. */
interface Block {
  readonly line: number;
  /** What follows `sh`: `aws` needs an account, `docker` an engine; `ci` is run by .ci/run; `server` goes on when it is ready. */
  readonly words: readonly string[];
  readonly commands: string;
  /** What it prints, with `…` for anything. */
  readonly output: string;
}

/** The blocks marked `sh`, in order; a block marked `text` or `json` right below one is what it prints. */
export function commandBlocks(markdown: string): Block[] {
  const blocks = /^```sh ?([^\n]*)\n(.*?)^```\n(?:\n```(?:text|json)\n(.*?)^```$)?/gms;
  return [...markdown.matchAll(blocks)].map(
    ({ index, 1: words = '', 2: commands = '', 3: output = '…' }) => ({
      line: markdown.slice(0, index).split('\n').length + 1,
      words: words.split(' '),
      commands: commands.trim(),
      output,
    }),
  );
}

/** Whether `text` is what the README says, where `…` stands for anything. */
export function isAsSaid(text: string, said: string): boolean {
  const literal = said
    .trim()
    .split('…')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*?')}$`, 's').test(text.trim());
}

function copyOfWorkingTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'keepsake-readme-'));
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const files = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files) cpSync(join(ROOT, file), join(copy, file));
  return copy;
}

/** Runs a block. @returns what it did instead of what the README says, or undefined. `running` gets a server that is ready. */
async function problemOf(block: Block, cwd: string, running: ChildProcess[]): Promise<string | undefined> {
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', block.commands], {
    cwd,
    // A project of its own: the developer's containers and history are left alone.
    env: { ...process.env, COMPOSE_PROJECT_NAME: 'keepsake-readme' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a process group of its own, for Ctrl-C to reach what the shell has started
  });
  const ended = once(child, 'exit');
  let printed = '';
  for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += text;
    if (!block.words.includes('server') || !isAsSaid(printed, block.output)) continue;
    child.stdout.resume();
    running.push(child);
    return undefined;
  }
  const [code] = await ended;
  if (code !== 0) return `It ended with ${code}:\n${printed}`;
  if (!isAsSaid(printed, block.output)) return `It printed:\n${printed}\nThe README says:\n${block.output}`;
}

/** Ctrl-C, as in the newcomer's terminal. */
async function interrupt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-(child.pid as number), 'SIGINT');
  await once(child, 'close');
}

async function checkReadme(): Promise<void> {
  const lacksDocker = spawnSync('docker', ['version'], { stdio: 'ignore' }).status !== 0;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const report = (outcome: keyof typeof counts, text: string) => {
    counts[outcome]++;
    console.log(`${outcome}: ${text}`);
  };
  const copy = copyOfWorkingTree();
  const running: ChildProcess[] = [];
  try {
    for (const block of commandBlocks(readFileSync(join(ROOT, 'README.md'), 'utf8'))) {
      if (block.words.includes('aws') || block.words.includes('ci')) continue;
      const title = `README.md:${block.line}  ${block.commands.replaceAll('\n', '; ')}`;
      if (block.words.includes('docker') && lacksDocker) {
        report('skipped', `${title} (no Docker engine answers)`);
        continue;
      }
      const problem = await problemOf(block, copy, running);
      report(problem ? 'failed' : 'passed', problem ? `${title}\n${problem}` : title);
    }
  } finally {
    for (const child of running) await interrupt(child);
    rmSync(copy, { recursive: true });
  }
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed ? 1 : 0;
}

if (require.main === module) {
  const exitCodes = { 1: 'a block of commands does not do what the README says' };
  run(command('check:readme', { examples: ['npm run check:readme'], exitCodes }).action(checkReadme));
}
