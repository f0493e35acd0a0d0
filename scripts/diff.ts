import { type Context, cdkCommand } from './aws/options';
import { run } from './support/command-line';

async function diff(cdkOptions: string[], { context }: { context: Context }): Promise<void> {
  const { requireAccount }: typeof import('./aws/account') = require('./aws/account');
  const { cdk }: typeof import('./aws/cdk') = require('./aws/cdk');
  const { costChange }: typeof import('./aws/monthly-cost') = require('./aws/monthly-cost');
  const { deployedTemplate, ifDenied }: typeof import('./aws/stack') = require('./aws/stack');
  const { stageOf }: typeof import('./aws/stage') = require('./aws/stage');
  const { stageTemplate }: typeof import('./aws/stage-template') = require('./aws/stage-template');

  const stage = stageOf(context);
  await requireAccount();
  process.exitCode = await cdk('diff', context, cdkOptions);
  const deployed = await deployedTemplate(stage.stackName).catch(ifDenied(undefined));
  const unknown = 'Monthly cost: not compared, as this role may not read the deployed template';
  console.log(`\n${deployed ? costChange(deployed, stageTemplate(stage)) : unknown}`);
}

run(
  cdkCommand('diff', {
    examples: ['npm run diff', 'npm run diff -- -c stage=prod -- --method=template'],
    exitCodes: { 2: 'something is missing or wrong' },
  }).action(diff),
);
