import { type Context, cdkCommand } from './aws/options';
import { Failure, run } from './support/command-line';

interface Options {
  context: Context;
  unprotect?: string;
}

async function destroy(cdkOptions: string[], { context, unprotect }: Options): Promise<void> {
  const { requireAccount }: typeof import('./aws/account') = require('./aws/account');
  const { cdk }: typeof import('./aws/cdk') = require('./aws/cdk');
  const { leftovers }: typeof import('./aws/leftovers') = require('./aws/leftovers');
  const stacks: typeof import('./aws/stack') = require('./aws/stack');
  const { stageOf, typedCommand }: typeof import('./aws/stage') = require('./aws/stage');

  const stage = stageOf(context);
  const { stackName } = stage;
  const asked = unprotect === stackName;
  const other = `--unprotect "${unprotect}" is not the stack of this stage; did you mean ${stackName}?`;
  if (unprotect && !asked) throw new Failure(other, 2);
  await requireAccount();
  const stack = await stacks.findStack(stackName);
  if (!stack?.StackId) return console.log(`There is no stack ${stackName}.`);
  if (stack.EnableTerminationProtection && !asked) {
    const again = typedCommand('destroy', stage, `--unprotect ${stackName}`);
    throw new Failure(`${stackName} is protected from deletion; ${again} lifts that and deletes it`, 2);
  }
  if (asked) await stacks.unprotect(stackName);
  const resources = await stacks.resourcesOf(stackName);
  const template = await stacks.deployedTemplate(stackName);
  const begun = new Date();
  const code = await cdk('destroy', context, [...(asked ? ['--force'] : []), ...cdkOptions]);
  if (code !== 0 || (await stacks.findStack(stackName))) {
    for (const line of await stacks.failuresOf(stack.StackId, begun)) console.error(`  ${line}`);
    throw new Failure(`${stackName} is not deleted; read on in docs/operations.md`);
  }
  const left = await leftovers(stage, resources, template);
  if (left.length === 0) return console.log(`Nothing is left that has the tags or the name of ${stackName}.`);
  for (const line of left) console.error(`  ${line}`);
  throw new Failure(`${left.length} of what ${stackName} had are left, see above`);
}

run(
  cdkCommand('destroy', {
    examples: ['npm run destroy', 'npm run destroy -- -c stage=prod --unprotect Keepsake-prod'],
    exitCodes: {
      0: 'the stage is gone, and nothing is left of it',
      1: 'it is not, or something is left, and what to do with it is shown',
      2: 'something is missing or wrong, or the stage is protected; nothing was changed',
    },
  })
    .option('--unprotect <stack>', 'lift the protection of the stack of this name, and do not ask')
    .action(destroy),
);
