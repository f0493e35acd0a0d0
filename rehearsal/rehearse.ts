import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../scripts/support/command-line';
import { LocalDeployment } from './local-deployment';
import { type Scenario, ScenarioRun } from './scenario';
import { reasons } from './timeline';

const REPORT = join(__dirname, '../.keepsake/rehearsal.md');
/** How often to show what the load sees, in milliseconds. */
const PROGRESS = 10_000;

/** Runs those scenarios, and writes the report. @returns whether every figure holds */
export async function rehearse(names: readonly string[], signal: AbortSignal): Promise<boolean> {
  await LocalDeployment.prepare(signal);
  const report: string[] = [];
  let [held, failed] = [0, 0];
  for (const name of names) {
    const { scenario } = require(`./scenarios/${name}`) as { scenario: Scenario };
    const run = new ScenarioRun(signal);
    console.log(`\n${name}: ${scenario.title}`);
    await play(scenario, run);
    held += run.held;
    failed += run.failed;
    report.push(`## ${name}: ${scenario.title}`, run.lines.join('\n'));
  }
  const summary = `${held} figures hold, ${failed} do not`;
  const title = `# The rehearsal\n\n${new Date().toISOString()}: ${summary}.`;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, `${[title, ...report].join('\n\n')}\n`);
  console.log(`\n${summary}. The report: ${REPORT}`);
  return failed === 0;
}

/** Plays one scenario and undoes everything that it did, also when it fails or is interrupted. */
async function play(scenario: Scenario, run: ScenarioRun): Promise<void> {
  const skipped = scenario.missing?.();
  if (skipped) return run.say(`skipped: ${skipped}`);
  const ticks = setInterval(() => console.log(`  ${run.timeline.lately()}`), PROGRESS);
  try {
    await scenario.run(run);
  } catch (error) {
    run.signal.throwIfAborted();
    if (error instanceof Failure && error.exitCode === 2) throw error; // nothing was done
    const [reason = ''] = (error as Error).message.split('\n');
    run.hold('could not be run to its end', reason, 'to its end', false);
    const { failures } = run.timeline;
    if (failures.length > 0) run.say(`failed requests: ${reasons(failures)}`);
  } finally {
    clearInterval(ticks);
    await run.undo();
  }
}
