import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { docker } from '../../scripts/containers/docker';
import { eventually } from '../eventually';
import { freePort } from '../local-deployment';
import type { ScenarioContext } from '../scenario';
import { ask } from './api';
import type { AwsTarget } from './target';
import { updateService } from './update-service';

const VERSION = '0.51.0';
const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const PROGRAM = join(CACHE, `keepsake/fakecloud-${VERSION}/bin/fakecloud`);
const ACCOUNT = '123456789012';

export const missingEmulator = (): string | undefined =>
  existsSync(PROGRAM)
    ? undefined
    : `no ${PROGRAM}; cargo install fakecloud --version ${VERSION} --locked --root ${join(PROGRAM, '../..')}`;

/** Starts an empty account in a process of its own, which decides by IAM's policies. It ends with the scenario, with all that it has started. */
export async function startEmulator(
  context: ScenarioContext,
): Promise<AwsTarget & { deployer: typeof deployer }> {
  const port = await freePort();
  const endpoint = `http://localhost:${port}`;
  const program = spawn(PROGRAM, ['--addr', `127.0.0.1:${port}`, '--iam', 'strict', '--log-level', 'error'], {
    stdio: 'ignore',
    detached: true, // Ctrl-C would end it before the stage is cleaned up.
  });
  const label = `label=fakecloud-instance=fakecloud-${program.pid}`;
  const containers = async () =>
    (await docker(['ps', '--all', '--quiet', '--filter', label])).split('\n').filter(Boolean);
  context.cleanUp(async () => {
    program.kill();
    for (const id of await containers()) await docker(['rm', '--force', '--volumes', id]);
    for (const volume of await volumes()) await docker(['volume', 'rm', volume]).catch(() => {});
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test', // its root user
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const started = await eventually(30, context, () =>
    fetch(`${endpoint}/_fakecloud/health`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  if (started === undefined) throw new Error(`${PROGRAM} does not answer`);
  return {
    stackName: 'Keepsake-dev',
    settings: ' --',
    cdkOptions: ' -- --app "node --import tsx rehearsal/aws/emulated-app.ts"',
    unbacked: ['AWS::EC2::FlowLog', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::VPCEndpoint'],
    deployer,
    // By the last lines of a task that ends after it.
    remade: ['AWS::Logs::LogGroup'],
    // It records the new task definition, and starts no task of it.
    settle: () => updateService('Keepsake-dev', { forceNewDeployment: true }),
    async originOf(url) {
      let port: number | undefined;
      // It opens the port of a load balancer some time after it has made it.
      await eventually(30, context, async () => {
        const answer = await fetch(`${endpoint}/_fakecloud/elbv2/load-balancers`);
        const { loadBalancers } = (await answer.json()) as {
          loadBalancers: { dnsName: string; boundPort?: number }[];
        };
        port = loadBalancers.find(
          ({ dnsName }) => new URL(url).hostname === dnsName.toLowerCase(),
        )?.boundPort;
        return Boolean(port);
      });
      return `http://localhost:${port}`;
    },
    containers,
  };
}

/** Its volumes have no label that tells whose they are. One that another emulator uses cannot be removed. */
async function volumes(): Promise<string[]> {
  const names = (await docker(['volume', 'ls', '--format={{.Name}}'])).split('\n');
  return names.filter((name) => /^(Scratch|Shared|fakecloud-efs-.*)$/.test(name));
}

/** As docs/architecture.md describes: may assume the four roles of the bootstrap. At AWS, everybody may ask who they are. */
async function deployer(): Promise<NodeJS.ProcessEnv> {
  const Statement = [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-*` },
    { Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' },
  ];
  const policy = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement }));
  // The bucket's policy refuses what comes without TLS, which the emulator does not speak.
  await ask(`s3 DELETE /cdk-hnb659fds-assets-${ACCOUNT}-us-east-1?policy`);
  await ask('iam CreateUser &UserName=deployer');
  await ask(`iam PutUserPolicy &UserName=deployer&PolicyName=deploy&PolicyDocument=${policy}`);
  const answer = await ask('iam CreateAccessKey &UserName=deployer');
  const value = (tag: string) => new RegExp(`<${tag}>(.*)</${tag}>`).exec(answer ?? '')?.[1];
  return { AWS_ACCESS_KEY_ID: value('AccessKeyId'), AWS_SECRET_ACCESS_KEY: value('SecretAccessKey') };
}
