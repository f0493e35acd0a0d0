import { asGiven, type Context, withCdkOptions, withSettings } from './aws/options';
import { command, oneOf, run } from './support/command-line';

interface Options {
  context: Context;
  requireApproval?: string;
  outputsFile?: string;
}

async function deploy(cdkOptions: string[], { context, ...options }: Options): Promise<void> {
  const { cdk, commitHere }: typeof import('./aws/cdk') = require('./aws/cdk');
  const { DeploymentWatch }: typeof import('./aws/deployment-watch') = require('./aws/deployment-watch');
  const { preflight, requireDocker }: typeof import('./aws/preflight') = require('./aws/preflight');
  const { findStack, ifDenied, urlOf }: typeof import('./aws/stack') = require('./aws/stack');
  const { stageOf }: typeof import('./aws/stage') = require('./aws/stage');

  const stage = stageOf(context);
  requireDocker();
  await preflight('deploy', stage);
  const watch = new DeploymentWatch(stage.stackName);
  const ended = new AbortController();
  const watching = watch.until(ended.signal);
  // npm run status reads the commit from the name of the change set: a tag would change every resource with each commit.
  const commit = commitHere();
  const named = commit ? ['--change-set-name', `commit-${commit}`] : [];
  process.exitCode = await cdk('deploy', context, [...named, ...asGiven({ ...options }), ...cdkOptions]);
  ended.abort();
  await watching;
  if (process.exitCode !== 0) {
    await watch.look();
    console.error(`\n${await watch.report()}`);
    return;
  }
  const stack = await findStack(stage.stackName).catch(ifDenied(undefined));
  const url = stack && urlOf(stack);
  if (url) console.log(`\nKeepsake answers at ${url}\nCheck it: npm run smoke -- ${url}`);
}

run(
  withCdkOptions(
    withSettings(
      command('deploy', {
        examples: [
          'npm run deploy',
          'npm run deploy -- -c stage=prod',
          'npm run deploy -- -c minTasks=3 -- --verbose',
        ],
        exitCodes: {
          1: 'the deployment failed; the last lines say why',
          2: 'something is missing or wrong; nothing was changed',
        },
      }),
    ),
  )
    .option(
      '--require-approval <when>',
      'never, any-change or broadening',
      oneOf('--require-approval', ['never', 'any-change', 'broadening']),
    )
    .option('--outputs-file <file>', 'write the outputs to this file, as JSON')
    .action(deploy),
);
