import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { docker } from '../../scripts/containers/docker';
import { freePort } from '../../test/support/free-port';
import type { ScenarioRun } from '../scenario';
import type { AwsTarget } from './target';
import { updateService } from './update-service';

const VERSION = '0.51.0';
const CACHE = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const PROGRAM = join(CACHE, `keepsake/fakecloud-${VERSION}/bin/fakecloud`);

export const missingEmulator = (): string | undefined =>
  existsSync(PROGRAM)
    ? undefined
    : `no ${PROGRAM}; cargo install fakecloud --version ${VERSION} --locked --root ${join(PROGRAM, '../..')}`;

/** Starts an empty account in a process of its own, which decides by IAM's policies. It ends with the scenario, with all that it has started. */
export async function startEmulator(run: ScenarioRun): Promise<AwsTarget> {
  const port = await freePort();
  const endpoint = `http://localhost:${port}`;
  const program = spawn(PROGRAM, ['--addr', `127.0.0.1:${port}`, '--iam', 'strict', '--log-level', 'error'], {
    stdio: 'ignore',
    detached: true, // Ctrl-C would end it before the stage is cleaned up.
  });
  // It forgets the containers of tasks that were starting, and leaves volumes.
  const ofIt = `--filter=label=fakecloud-instance=fakecloud-${program.pid}`;
  run.cleanUp(async () => {
    program.kill();
    const containers = lines(await docker(['ps', '--all', '--quiet', ofIt]));
    for (const id of containers) await docker(['rm', '--force', '--volumes', id]);
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
  const ask = (path: string) => fetch(`${endpoint}/_fakecloud/${path}`);
  const started = await run.eventually(
    30,
    async () => (await ask('health').catch(() => undefined))?.ok === true,
  );
  if (started > 30) throw new Error(`${PROGRAM} does not answer`);
  return {
    stackName: 'Keepsake-dev',
    settings: ' --',
    adapted: { CDK_APP: 'node --import tsx rehearsal/aws/emulated-app.ts' },
    unbacked: ['AWS::EC2::FlowLog', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::VPCEndpoint'],
    // By the last lines of a task that ends after it.
    remade: ['AWS::Logs::LogGroup'],
    // It records the new task definition, and starts no task of it.
    settle: () => updateService('Keepsake-dev', { forceNewDeployment: true }),
    async originOf(url) {
      let port: number | undefined;
      // It opens the port of a load balancer some time after it has made it.
      await run.eventually(30, async () => {
        const { loadBalancers } = (await (await ask('elbv2/load-balancers')).json()) as {
          loadBalancers: { dnsName: string; boundPort?: number }[];
        };
        const { hostname } = new URL(url);
        port = loadBalancers.find(({ dnsName }) => dnsName.toLowerCase() === hostname)?.boundPort;
        return Boolean(port);
      });
      return `http://localhost:${port}`;
    },
  };
}

/** Its volumes have no label that tells whose they are. One that another emulator uses cannot be removed. */
const volumes = async (): Promise<string[]> =>
  lines(await docker(['volume', 'ls', '--format={{.Name}}'])).filter((name) =>
    /^(Scratch|Shared|fakecloud-efs-.*)$/.test(name),
  );

const lines = (output: string): string[] => output.split('\n').filter(Boolean);
