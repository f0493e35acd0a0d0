import { type Context, stageCommand } from './aws/options';
import { run } from './support/command-line';

run(
  stageCommand('cost', { examples: ['npm run cost', 'npm run cost -- -c stage=prod -c egress=nat'] }).action(
    ({ context }: { context: Context }) => {
      const { stageOf }: typeof import('./aws/stage') = require('./aws/stage');
      const { stageTemplate }: typeof import('./aws/stage-template') = require('./aws/stage-template');
      const { monthlyCost, render }: typeof import('./aws/monthly-cost') = require('./aws/monthly-cost');
      const stage = stageOf(context);
      console.log(
        render(`${stage.stackName} without requests, in us-east-1`, monthlyCost(stageTemplate(stage))),
      );
    },
  ),
);
