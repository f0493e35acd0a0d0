import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Figure, ScenarioRun } from '../scenario';

const ROOT = join(__dirname, '../..');
/** Everything that the commands wrote. */
const LOG = join(ROOT, '.keepsake/rehearsal-aws.log');

interface Expected {
  /** @default 0 */
  readonly code?: number;
  /** What a person has to be told. */
  readonly says?: RegExp;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Command lines as a person types them, and what is expected of each. The first that disappoints ends the scenario. */
export class Commands {
  constructor(readonly run: ScenarioRun) {
    mkdirSync(dirname(LOG), { recursive: true });
    writeFileSync(LOG, '');
  }

  async type(line: string, { code = 0, says = /^/, cwd = ROOT, env = {} }: Expected = {}): Promise<void> {
    this.run.say(line);
    this.run.signal.throwIfAborted();
    const start = performance.now();
    // In a group of its own: Ctrl-C stops the rehearsal, which takes away what the command has begun.
    const child = spawn(`(${line}) 2>&1`, {
      shell: true,
      detached: true,
      cwd,
      env: { ...process.env, ...env },
    });
    const [[ended], output] = await Promise.all([once(child, 'close'), text(child.stdout)]);
    appendFileSync(LOG, `$ ${line}\n${output}\n`);
    const said = says.test(output);
    const took = ((performance.now() - start) / 1000).toFixed(0);
    const silence = said ? '' : ', and does not say that';
    const limit = `exit code ${code}${says.source === '^' ? '' : `, says ${says.source}`}`;
    this.#hold({
      what: line,
      value: `${took} s, exit code ${ended}${silence}`,
      limit,
      holds: said && ended === code,
    });
  }

  /** Waits until something holds. */
  async until(what: string, limit: number, holds: () => Promise<boolean>): Promise<void> {
    const took = await this.run.eventually(limit, holds);
    this.#hold({ what, value: `after ${took.toFixed(0)} s`, limit: `≤ ${limit} s`, holds: took <= limit });
  }

  /** Holds a list to another. */
  same(what: string, found: readonly unknown[], expected: readonly unknown[]): void {
    const text = (list: readonly unknown[]) => list.map(String).toSorted().join(', ') || 'none';
    const [value, limit] = [text(found), text(expected)];
    this.#hold({ what, value, limit, holds: value === limit });
  }

  #hold(figure: Figure): void {
    const { what, value, limit, holds } = figure;
    if (!holds) throw new Error(`${what}: ${value} (${limit}); see ${LOG}`);
    this.run.add(figure);
  }
}
