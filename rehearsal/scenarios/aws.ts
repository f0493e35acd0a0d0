import { findStack, outputOf } from '../../scripts/aws/stack';
import { ask } from '../aws/api';
import { Commands } from '../aws/commands';
import { missingEmulator, startEmulator } from '../aws/emulator';
import { REPOSITORY, signIn } from '../aws/github';
import { oneStage } from '../aws/one-stage';
import { prod } from '../aws/prod';
import type { Scenario } from '../scenario';

/** The whole life of both stages, with the commands that a person types. */
export const scenario: Scenario = {
  title: 'Both stages are deployed to an emulator of AWS, changed and removed with our own commands',
  missing: missingEmulator,
  async run(run) {
    const commands = new Commands(run);
    const target = await startEmulator(run);
    await commands.type('npx cdk bootstrap', { says: /bootstrapped/ });
    // The bucket's policy refuses what comes without TLS, which the emulator does not speak.
    await ask('s3 DELETE /cdk-hnb659fds-assets-123456789012-us-east-1?policy');
    const env = await pipeline(commands);
    await oneStage(commands, target, env);
    await prod(commands, target, env);
  },
};

/** Makes the roles of CI. @returns the environment of a workflow run that has signed in as the one that deploys */
async function pipeline(commands: Commands): Promise<NodeJS.ProcessEnv> {
  const line = `npm run deploy:ci -- -c repository=${REPOSITORY} -c environment=dev,prod -- --require-approval never`;
  await commands.type(line, { says: /DeployRoleArn = / });
  const role = outputOf(await findStack('KeepsakeCi'), 'DeployRoleArn') ?? '';
  await mayAskWhoItIs(role);
  const mayDeploy = ['environment:dev', 'environment:prod'];
  const runs = [...mayDeploy, 'environment:other', 'pull_request', 'ref:refs/heads/main'];
  const signedIn = await Promise.all(runs.map((from) => signIn(role, from)));
  commands.same(
    'workflow runs that may deploy',
    runs.filter((_, i) => signedIn[i]),
    mayDeploy,
  );
  return signedIn[0] ?? {};
}

/** At AWS, everybody may. */
async function mayAskWhoItIs(role: string): Promise<void> {
  const statement = { Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' };
  const policy = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  const name = role.split('/').at(-1);
  await ask(`iam PutRolePolicy &RoleName=${name}&PolicyName=who&PolicyDocument=${policy}`);
}
