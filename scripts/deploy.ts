import { type Context, cdkCommand } from './aws/options';
import { run } from './support/command-line';

async function deploy(cdkOptions: string[], { context }: { context: Context }): Promise<void> {
  const { cdk, commitHere }: typeof import('./aws/cdk') = require('./aws/cdk');
  const { DeploymentWatch }: typeof import('./aws/deployment-watch') = require('./aws/deployment-watch');
  const { preflight }: typeof import('./aws/preflight') = require('./aws/preflight');
  const { requireDocker }: typeof import('./containers/docker') = require('./containers/docker');
  const { findStack, ifDenied, outputOf }: typeof import('./aws/stack') = require('./aws/stack');
  const { stageOf }: typeof import('./aws/stage') = require('./aws/stage');

  const stage = stageOf(context);
  await requireDocker(2); // It builds the image.
  await preflight(stage);
  const watch = new DeploymentWatch(stage.stackName);
  const watching = setInterval(() => watch.look(), 10_000);
  // npm run status reads the commit from the name of the change set: a tag would change every resource with each commit.
  const commit = commitHere();
  const named = commit ? ['--change-set-name', `commit-${commit}`] : [];
  process.exitCode = await cdk('deploy', context, [...named, ...cdkOptions]);
  clearInterval(watching);
  if (process.exitCode !== 0) {
    await watch.look();
    console.error(`\n${await watch.report()}`);
    return;
  }
  const stack = await findStack(stage.stackName).catch(ifDenied(undefined));
  const url = outputOf(stack, 'Url');
  if (url) console.log(`\nKeepsake answers at ${url}\nCheck it: npm run smoke -- ${url}`);
}

run(
  cdkCommand('deploy', {
    examples: [
      'npm run deploy',
      'npm run deploy -- -c stage=prod',
      'npm run deploy -- -c minTasks=3 -- --require-approval never',
    ],
    exitCodes: {
      1: 'the deployment failed; the last lines say why',
      2: 'something is missing or wrong; nothing was changed',
    },
  }).action(deploy),
);
