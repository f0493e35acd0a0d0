/**
 * Runs the pinned CDK command line for one stage: `npm run deploy -- -c stage=prod`, and so for diff and destroy.
 *
 * What the command line would report late or at length (a setting, the credentials, the bootstrap, Docker) is looked at
 * first, and answered in one line that says what to do. Exits 2 then; otherwise as the command line does.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ContextError } from '../lib/settings/context-error';
import { type Stage, stageFromContext } from '../lib/settings/stage-settings';
import { exitWith } from './exit-with';

/** What keeps a command from being run. The message is one line and says what to do. */
export class Obstacle extends Error {}

/** The machine and the account that a command runs on. */
export interface Surroundings {
  docker(): 'running' | 'stopped' | 'absent';
  /** Rejects, as AWS's clients do, when there are no credentials, no Region, or no such parameter. */
  account(): Promise<{ account: string; region: string }>;
  bootstrapVersion(): Promise<unknown>;
}

/** Throws an Obstacle when `command` cannot succeed for the stage that `args` name. */
export async function preflight(
  command: string,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<void> {
  const { stage, settings } = chosen(args);
  if (command === 'destroy' && settings.deletionProtection) {
    const unprotected = `-- -c stage=${stage} -c deletionProtection=false`;
    throw new Obstacle(
      `${stage} is protected from deletion; first npm run deploy ${unprotected}, then npm run destroy ${unprotected}`,
    );
  }
  if (command === 'deploy') refuseWithoutDocker(surroundings.docker());
  const { account, region } = await surroundings.account().catch(explainCredentials);
  await surroundings.bootstrapVersion().catch((error: Error) => {
    // Any other failure says nothing of the bootstrap: a role may deploy without being allowed to look.
    if (error.name !== 'ParameterNotFound') return;
    throw new Obstacle(
      `account ${account} is not bootstrapped in ${region}; run npx cdk bootstrap aws://${account}/${region} (with fewer permissions: docs/architecture.md#permissions)`,
    );
  });
}

function chosen(args: readonly string[]): Stage {
  const given = args.flatMap((arg, index) => {
    const [, inline] = arg.match(/^--context=(.*)$/) ?? [];
    return inline ?? (['-c', '--context'].includes(arg) ? (args[index + 1] ?? '') : []);
  });
  const context = given.map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]);
  try {
    return stageFromContext(Object.fromEntries(context));
  } catch (error) {
    throw error instanceof ContextError ? new Obstacle(error.message) : error;
  }
}

function refuseWithoutDocker(docker: ReturnType<Surroundings['docker']>): void {
  if (docker === 'absent') throw new Obstacle('Docker is not installed; the image is built on this machine');
  if (docker === 'stopped')
    throw new Obstacle('Docker does not answer; start it, the image is built on this machine');
}

function explainCredentials(error: Error): never {
  if (/region/i.test(error.message)) {
    throw new Obstacle('no AWS Region; set AWS_REGION, or `region` in the profile that AWS_PROFILE names');
  }
  if (error.name === 'CredentialsProviderError') {
    throw new Obstacle('no AWS credentials; run aws sso login or aws configure, or set AWS_PROFILE');
  }
  throw new Obstacle(`AWS does not say whose credentials these are: ${error.message.split('\n')[0]}`);
}

/** The URL in what the command line wrote to its outputs file, or undefined. */
export function deployedUrl(outputs: Record<string, Record<string, string>>): string | undefined {
  return Object.values(outputs)
    .map(({ Url }) => Url)
    .find((url) => url);
}

function thisMachine(): Surroundings {
  return {
    docker() {
      const { error, status } = spawnSync('docker', ['version'], { stdio: 'ignore' });
      if (error) return 'absent';
      return status === 0 ? 'running' : 'stopped';
    },
    async account() {
      const client = new STSClient();
      const region = await client.config.region();
      const { Account: account = '' } = await client.send(new GetCallerIdentityCommand());
      return { account, region };
    },
    bootstrapVersion: () =>
      new SSMClient().send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' })),
  };
}

function cdk(command: string, args: readonly string[]): number {
  const root = join(__dirname, '..');
  const directory = mkdtempSync(join(tmpdir(), 'keepsake-'));
  const given = args.indexOf('--outputs-file');
  const outputs = given >= 0 ? (args[given + 1] ?? '') : join(directory, 'outputs.json');
  const more = command === 'deploy' && given < 0 ? ['--outputs-file', outputs] : [];
  try {
    const { status } = spawnSync(join(root, 'node_modules/.bin/cdk'), [command, ...args, ...more], {
      cwd: root,
      stdio: 'inherit',
    });
    if (command === 'deploy' && status === 0) announce(JSON.parse(readFileSync(outputs, 'utf8')));
    return status ?? 1;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function announce(outputs: Record<string, Record<string, string>>): void {
  const url = deployedUrl(outputs);
  if (url) console.log(`\nKeepsake answers at ${url}\nCheck it: npm run smoke -- ${url}`);
}

async function main([command = '', ...args]: string[]): Promise<number> {
  try {
    await preflight(command, args, thisMachine());
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    console.error(`${command}: ${error.message}`);
    return 2;
  }
  return cdk(command, args);
}

if (require.main === module) {
  // A notice about Node.js 20 that would push the one line that matters off the screen.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  exitWith(main(process.argv.slice(2)));
}
