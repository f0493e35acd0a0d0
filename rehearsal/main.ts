import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, Failure } from '../scripts/containers/command';
import { Compose } from '../scripts/containers/compose';
import { exitWith } from '../scripts/exit-with';
import { type Outcome, play } from './play';
import { Progress } from './progress';
import { reportOf } from './report';
import { scenarios } from './scenarios';
import { PROJECT, Site } from './site';

// Proves on this machine what will happen on Fargate: `npm run rehearse`, or some of it by name: `npm run rehearse -- seed`.
// Exits with 0 when every figure holds, 1 when one does not or nothing could be started, 2 when it is called wrongly.

const ROOT = join(__dirname, '..');
const REPORT = join(ROOT, '.keepsake/rehearsal.html');

function chosen(): typeof scenarios {
  const { positionals } = parseArgs({ allowPositionals: true });
  for (const name of positionals) {
    if (scenarios.some((scenario) => scenario.name === name)) continue;
    throw new Failure(`there is no ${name}; choose ${scenarios.map((scenario) => scenario.name).join(', ')}`);
  }
  return positionals.length > 0 ? scenarios.filter(({ name }) => positionals.includes(name)) : scenarios;
}

async function rehearse(wanted: typeof scenarios, signal: AbortSignal): Promise<Outcome[]> {
  const compose = await Compose.find({ project: PROJECT });
  console.log('Building the image…');
  await compose.build({ signal });
  await Site.clear();
  const outcomes: Outcome[] = [];
  for (const scenario of wanted) {
    console.log(`\n${scenario.name}: ${scenario.title}`);
    const outcome = await play(scenario, new Progress(), signal);
    for (const line of linesOf(outcome)) console.log(line);
    outcomes.push(outcome);
  }
  return outcomes;
}

const linesOf = ({ figures, skipped }: Outcome): string[] =>
  skipped
    ? [`  skipped: ${skipped}`]
    : figures.map(({ what, value, limit, holds }) => {
        const verdict = holds ? (limit ? 'ok  ' : '    ') : 'FAIL';
        return `  ${verdict}  ${what}: ${value}${limit ? ` (${limit})` : ''}`;
      });

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
  let wanted: typeof scenarios;
  try {
    wanted = chosen();
  } catch (error) {
    console.error(`rehearse: ${(error as Error).message}`);
    return 2;
  }
  try {
    const outcomes = await rehearse(wanted, stop.signal);
    mkdirSync(dirname(REPORT), { recursive: true });
    writeFileSync(REPORT, reportOf(outcomes));
    const figures = outcomes.flatMap((outcome) => outcome.figures);
    const failed = figures.filter(({ holds }) => !holds).length;
    console.log(`\n${figures.length - failed} figures hold, ${failed} do not. The report: ${REPORT}`);
    return failed ? 1 : 0;
  } catch (error) {
    if (stop.signal.aborted) {
      console.error('rehearse: interrupted; everything is removed');
      return 130;
    }
    if (!(error instanceof Failure || error instanceof CommandError)) throw error;
    console.error(`rehearse: ${error.message}`);
    return 1;
  }
}

exitWith(main());
