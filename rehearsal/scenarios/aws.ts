import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAccount } from '../aws/account';
import { Commands, Disappointment } from '../aws/commands';
import { missingEmulator, startEmulator } from '../aws/emulator';
import { oneStage } from '../aws/one-stage';
import { prod } from '../aws/prod';
import type { Figure, Scenario, ScenarioContext } from '../scenario';

/** The whole life of both stages, with the commands that a person types. */
export const aws: Scenario = {
  name: 'aws',
  title: 'Both stages are deployed to an emulator of AWS, changed and removed with our own commands',
  missing: missingEmulator,
  run: (context) =>
    reported(context, async (commands) => {
      const target = await startEmulator(context);
      await commands.type('npx cdk bootstrap', { says: [/bootstrapped/] });
      const env = await target.deployer();
      await ci(commands, env);
      await oneStage(commands, target, env);
      await prod(commands, target, env);
    }),
};

/** The same in an account, without what would outlive it: the bootstrap, the roles of CI, and prod. */
export const awsAccount: Scenario = {
  name: 'aws',
  title: 'A stage is deployed to an account of AWS, changed and removed with our own commands',
  run: (context) =>
    reported(context, async (commands) => oneStage(commands, await startAccount(context), {})),
};

async function reported(
  context: ScenarioContext,
  run: (commands: Commands) => Promise<void>,
): Promise<Figure[]> {
  const commands = new Commands(context);
  // The CDK remembers whose account an access key is of: neither believe nor spoil what a person's knows.
  const cache = mkdtempSync(join(tmpdir(), 'keepsake-cdk-'));
  process.env.CDK_HOME = cache;
  context.cleanUp(() => rmSync(cache, { recursive: true, force: true }));
  await run(commands).catch((error) => {
    // The figure that does not hold says so.
    if (!(error instanceof Disappointment)) throw error;
  });
  return commands.figures;
}

async function ci(commands: Commands, env: NodeJS.ProcessEnv): Promise<void> {
  const line = 'npm run deploy:ci -- -c repository=octocat/keepsake -- --require-approval never';
  await commands.type(line, { env, says: [/DeployRoleArn = /] });
}
