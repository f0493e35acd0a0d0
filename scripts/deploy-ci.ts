import { type Context, cdkCommand } from './aws/options';
import { run } from './support/command-line';

async function deployCi(cdkOptions: string[], { context }: { context: Context }): Promise<void> {
  const { requireAccount }: typeof import('./aws/account') = require('./aws/account');
  const { cdk }: typeof import('./aws/cdk') = require('./aws/cdk');
  const { ciSettings }: typeof import('../lib/ci/ci-settings') = require('../lib/ci/ci-settings');

  ciSettings(context); // The CDK would report a wrong one late and at length.
  await requireAccount();
  const app = ['--app', 'node --import tsx bin/keepsake-ci.ts'];
  process.exitCode = await cdk('deploy', context, [...app, ...cdkOptions]);
}

run(
  cdkCommand(
    'deploy:ci',
    {
      examples: ['npm run deploy:ci -- -c repository=owner/name -c environment=dev,prod'],
      exitCodes: { 2: 'something is missing or wrong; nothing was changed' },
    },
    'repository=owner/name',
    'none, and the repository is required',
  ).action(deployCi),
);
