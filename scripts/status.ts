import { type Context, stageCommand } from './aws/options';
import { Failure, run } from './support/command-line';

run(
  stageCommand('status', {
    examples: ['npm run status', 'npm run status -- -c stage=prod'],
    exitCodes: { 0: 'shown, whatever it shows', 1: 'the stage is not deployed' },
  }).action(async ({ context }: { context: Context }) => {
    const { requireAccount }: typeof import('./aws/account') = require('./aws/account');
    const { findStack }: typeof import('./aws/stack') = require('./aws/stack');
    const { stageOf, typedCommand }: typeof import('./aws/stage') = require('./aws/stage');
    const { stageStatus }: typeof import('./aws/stage-status') = require('./aws/stage-status');
    const stage = stageOf(context);
    const { account, region } = await requireAccount();
    const stack = await findStack(stage.stackName);
    if (!stack)
      throw new Failure(
        `${stage.stackName} is not in account ${account}, ${region}; ${typedCommand('deploy', stage)} makes it`,
      );
    for (const [title, text] of await stageStatus(stack)) console.log(`${title.padEnd(10)}  ${text}`);
  }),
);
