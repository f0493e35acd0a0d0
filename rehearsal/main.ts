import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command, Failure, run, someOf } from '../scripts/support/command-line';
import { NAMES } from './scenario';

const REPORT = join(__dirname, '../.keepsake/rehearsal.md');

run(
  command('rehearse', {
    examples: [
      'npm run rehearse                    every scenario, in about ten minutes',
      'npm run rehearse -- rollout seed    two of them',
    ],
    exitCodes: {
      0: 'every figure holds',
      1: 'a figure does not hold, or nothing could be started',
      130: 'interrupted; everything is removed',
    },
  })
    .addArgument(someOf('scenario', NAMES, NAMES.join(', ')))
    .option('--account', 'with aws: not on an emulator, but in the account of your credentials')
    .action(async (names: readonly string[], { account = false }) => {
      if (account && String(names) !== 'aws') throw new Failure('--account goes with aws alone', 2);
      const stop = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
      try {
        process.exitCode = await rehearse(names, stop.signal, account);
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        throw new Failure('interrupted; everything is removed', 130);
      }
    }),
);

/** @returns the exit code. */
async function rehearse(names: readonly string[], signal: AbortSignal, account: boolean): Promise<number> {
  const { LocalDeployment }: typeof import('./local-deployment') = require('./local-deployment');
  const { Progress }: typeof import('./progress') = require('./progress');
  const { linesOf, reportOf, summaryOf }: typeof import('./report') = require('./report');
  const { runScenario }: typeof import('./run-scenario') = require('./run-scenario');
  const { scenarios }: typeof import('./scenarios') = require('./scenarios');
  const { awsAccount }: typeof import('./scenarios/aws') = require('./scenarios/aws');

  await LocalDeployment.build(signal);
  await LocalDeployment.clear();
  const outcomes: Awaited<ReturnType<typeof runScenario>>[] = [];
  for (const name of NAMES.filter((each) => names.includes(each))) {
    const scenario = account ? awsAccount : scenarios[name];
    console.log(`\n${scenario.name}: ${scenario.title}`);
    const outcome = await runScenario(scenario, new Progress(), signal);
    for (const line of linesOf(outcome)) console.log(line);
    outcomes.push(outcome);
  }
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, reportOf(outcomes));
  console.log(`\n${summaryOf(outcomes)}. The report: ${REPORT}`);
  return outcomes.some(({ figures }) => figures.some(({ holds }) => !holds)) ? 1 : 0;
}
