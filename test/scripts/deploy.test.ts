import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from '../support/script';
import { temporaryDirectory } from '../support/temporary';
import { Refusal, recordedAws } from './support/aws';

const aws = recordedAws();

/** A directory of programs that has nothing in it but a `docker` that ends with this code. */
function dockerThatEndsWith(code: number): string {
  const directory = temporaryDirectory();
  const program = join(directory, 'docker');
  writeFileSync(program, `#!/bin/sh\nexit ${code}\n`);
  chmodSync(program, 0o755);
  return directory;
}

/** `npm run deploy` on a machine that knows of AWS only what `environment` says. */
function deploy(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const nothing = {
    AWS_REGION: '',
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const env = { PATH: dockerThatEndsWith(0), HOME: temporaryDirectory(), ...nothing, ...environment };
  return runScript('scripts/deploy.ts', args, env).ended;
}

describe('npm run deploy says in one line, before it changes anything, that', () => {
  it.each([
    [
      'Docker is not installed',
      () => temporaryDirectory(),
      'Docker is not installed; see https://docs.docker.com/get-docker/',
    ],
    ['Docker does not run', () => dockerThatEndsWith(1), 'Docker does not answer; start it'],
  ])('%s', async (_what, path, line) => {
    expect(await deploy([], { PATH: path() })).toEqual({ code: 2, output: `deploy: ${line}\n` });
  });

  it('there are no credentials', async () => {
    const line = 'no AWS credentials; run aws sso login or aws configure, or set AWS_PROFILE';
    expect(await deploy([], { AWS_REGION: 'eu-west-1' })).toEqual({ code: 2, output: `deploy: ${line}\n` });
  });

  it('there is no Region', async () => {
    const line = 'no AWS Region; set AWS_REGION, or `region` in the profile that AWS_PROFILE names';
    expect(await deploy([])).toEqual({ code: 2, output: `deploy: ${line}\n` });
  });

  it('the account is not bootstrapped', async () => {
    aws.answers = {
      GetCallerIdentity: '<Account>111122223333</Account>',
      GetParameter: new Refusal('ParameterNotFound'),
    };
    const { code, output } = await deploy([], aws.environment);
    expect(output).toMatch(
      /^deploy: account 111122223333 is not bootstrapped in eu-west-1; run npx cdk bootstrap .*\n$/,
    );
    expect(code).toBe(2);
  });

  it.each([
    [['-c', 'stage=test'], /^deploy: stage: "test" .*\n$/],
    [['--context=egress=natt'], /^deploy: egress: "natt" .*\n$/],
    [['-c', 'stage'], /^deploy: -c "stage" is not key=value\n$/],
    [['prod'], /^deploy: unexpected argument 'prod'; a stage is chosen with -c stage=prod\n$/],
    [
      ['--contxt', 'stage=prod'],
      /^deploy: unknown option '--contxt'; choose --context, --help; did you mean --context\?\n$/,
    ],
  ])('it cannot take %j', async (args, line) => {
    const { code, output } = await deploy(args);
    expect(output).toMatch(line);
    expect(code).toBe(2);
  });
});
