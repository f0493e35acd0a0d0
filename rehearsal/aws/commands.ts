import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execute } from '../../scripts/containers/command';
import type { ScenarioRun } from '../scenario';

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
    // The CDK remembers whose account an access key is of: neither believe nor spoil what a person's knows.
    process.env.CDK_HOME = run.temporaryDirectory();
    mkdirSync(dirname(LOG), { recursive: true });
    writeFileSync(LOG, '');
  }

  async type(line: string, { code = 0, says = /^/, cwd = ROOT, env = {} }: Expected = {}): Promise<void> {
    this.run.say(line);
    this.run.signal.throwIfAborted();
    const start = performance.now();
    const { code: ended, output } = await execute('sh', ['-c', `(${line}) 2>&1`], { cwd, env });
    appendFileSync(LOG, `$ ${line}\n${output}\n`);
    const said = says.test(output);
    const took = ((performance.now() - start) / 1000).toFixed(0);
    const silence = said ? '' : ', and does not say that';
    const limit = `exit code ${code}${says.source === '^' ? '' : `, says ${says.source}`}`;
    this.#hold(line, `${took} s, exit code ${ended}${silence}`, limit, said && ended === code);
  }

  /** Waits until something holds. */
  async until(what: string, limit: number, holds: () => Promise<boolean>): Promise<void> {
    const took = await this.run.eventually(limit, holds);
    this.#hold(what, `after ${took.toFixed(0)} s`, `≤ ${limit} s`, took <= limit);
  }

  /** Holds a list to another. */
  same(what: string, found: readonly unknown[], expected: readonly unknown[]): void {
    const text = (list: readonly unknown[]) => list.map(String).toSorted().join(', ') || 'none';
    const [value, limit] = [text(found), text(expected)];
    this.#hold(what, value, limit, value === limit);
  }

  #hold(what: string, value: string, limit: string, holds: boolean): void {
    if (!holds) throw new Error(`${what}: ${value} (${limit}); see ${LOG}`);
    this.run.hold(what, value, limit, holds);
  }
}
