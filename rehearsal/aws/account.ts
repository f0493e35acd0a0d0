import { createInterface } from 'node:readline/promises';
import { requireAccount } from '../../scripts/aws/account';
import { monthlyCost, sumOf } from '../../scripts/aws/monthly-cost';
import { hoursInMonth, usd } from '../../scripts/aws/prices';
import { findStack } from '../../scripts/aws/stack';
import { stageOf } from '../../scripts/aws/stage';
import { stageTemplate } from '../../scripts/aws/stage-template';
import { command } from '../../scripts/containers/command';
import { Failure } from '../../scripts/support/command-line';
import type { ScenarioRun } from '../scenario';
import type { AwsTarget } from './target';

const STAGE = stageOf({ stage: 'rehearsal', like: 'dev' });

/** Asks whether a stage of its own may be made with these credentials. It is destroyed after the scenario, whatever becomes of it. */
export async function startAccount(run: ScenarioRun): Promise<AwsTarget> {
  const { stackName, typed } = STAGE;
  const { account, region } = await requireAccount();
  if (await findStack(stackName))
    throw new Failure(`${stackName} exists in account ${account}, ${region}`, 2);
  const cost = usd(sumOf(monthlyCost(stageTemplate(STAGE))) / hoursInMonth);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `This makes ${stackName} in account ${account}, ${region}: ${cost} USD an hour, until it is destroyed again, within an hour or so. Its name, to go on: `,
    { signal: run.signal },
  );
  terminal.close();
  if (answer.trim() !== stackName) throw new Failure('nothing was made', 2);
  run.cleanUp(async () => {
    const destroy = ['run', '--silent', 'destroy', '--', ...typed.split(' '), '--', '--force'];
    run.say((await command('npm', destroy)).trim());
  });
  return { stackName, settings: ` -- ${typed}` };
}
