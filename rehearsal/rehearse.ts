import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../scripts/support/command-line';
import { LocalDeployment } from './local-deployment';
import { type Outcome, reportOf } from './report';
import { type Scenario, ScenarioRun } from './scenario';
import { aws, awsAccount } from './scenarios/aws';
import { crashes } from './scenarios/crashes';
import { crowd } from './scenarios/crowd';
import { limits } from './scenarios/limits';
import { overload } from './scenarios/overload';
import { reclaim } from './scenarios/reclaim';
import { rollout } from './scenarios/rollout';
import { seed } from './scenarios/seed';
import { storage } from './scenarios/storage';
import { reasons } from './timeline';

const SCENARIOS = { seed, rollout, reclaim, crashes, storage, limits, overload, aws, crowd };
export type ScenarioName = keyof typeof SCENARIOS;

const REPORT = join(__dirname, '../.keepsake/rehearsal.md');
/** How often to show what the load sees, in milliseconds. */
const PROGRESS = 10_000;

/** Runs those scenarios, and writes the report. @returns whether every figure holds */
export async function rehearse(
  names: readonly ScenarioName[],
  { signal, account }: { readonly signal: AbortSignal; readonly account: boolean },
): Promise<boolean> {
  await LocalDeployment.build(signal);
  await LocalDeployment.clear();
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const scenario: Scenario = account ? awsAccount : SCENARIOS[name];
    console.log(`\n${name}: ${scenario.title}`);
    outcomes.push({ name, title: scenario.title, ...(await play(scenario, signal)) });
  }
  const figures = outcomes.flatMap((outcome) => outcome.figures);
  const failed = figures.filter(({ holds }) => !holds).length;
  const summary = `${figures.length - failed} figures hold, ${failed} do not`;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, `${reportOf(outcomes, summary)}\n`);
  console.log(`\n${summary}. The report: ${REPORT}`);
  return failed === 0;
}

/** Plays one scenario and undoes everything that it did, also when it fails or is interrupted. */
async function play(
  scenario: Scenario,
  signal: AbortSignal,
): Promise<Pick<Outcome, 'timeline' | 'figures' | 'skipped'>> {
  const run = new ScenarioRun(signal);
  const { timeline, figures } = run;
  const skipped = scenario.missing?.();
  if (skipped) {
    console.log(`  skipped: ${skipped}`);
    return { timeline, figures, skipped };
  }
  const ticks = setInterval(() => console.log(`  ${timeline.lately()}`), PROGRESS);
  try {
    await scenario.run(run);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure && error.exitCode === 2) throw error; // nothing was done
    const [value = ''] = (error as Error).message.split('\n');
    run.add({ what: 'could not be run to its end', value, limit: 'to its end', holds: false });
    if (timeline.failures.length > 0) run.tell('failed requests', reasons(timeline.failures));
  } finally {
    clearInterval(ticks);
    await run.undo();
  }
  return { timeline, figures };
}
