import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployedUrl, Obstacle, preflight, type Surroundings } from '../../scripts/cdk';

const ready: Surroundings = {
  docker: () => 'running',
  account: async () => ({ account: '111122223333', region: 'eu-west-1' }),
  bootstrapVersion: async () => '21',
};

function failure(name: string, message: string): () => Promise<never> {
  return async () => {
    throw Object.assign(new Error(message), { name });
  };
}

test.each([
  ['deploy', []],
  ['deploy', ['-c', 'stage=prod', '--require-approval', 'never']],
  ['diff', ['--context', 'stage=prod']],
  ['diff', ['--context=stage=prod']],
  ['destroy', []],
  ['destroy', ['-c', 'stage=prod', '-c', 'deletionProtection=false']],
])('%s %j goes ahead when all is there', async (command, args) => {
  await expect(preflight(command, args, ready)).resolves.toBeUndefined();
});

test.each([
  ['deploy', ['-c', 'stage=test'], {}, 'stage: "test" does not exist; choose dev or prod'],
  ['diff', ['--context=egress=natt'], {}, 'egress: "natt" is not none or nat'],
  [
    'destroy',
    ['-c', 'stage=prod'],
    {},
    'prod is protected from deletion; first npm run deploy -- -c stage=prod -c deletionProtection=false',
  ],
  ['deploy', [], { docker: () => 'absent' }, 'Docker is not installed'],
  ['deploy', [], { docker: () => 'stopped' }, 'Docker does not answer; start it'],
  ['deploy', [], { account: failure('Error', 'Region is missing') }, 'no AWS Region; set AWS_REGION'],
  [
    'diff',
    [],
    { account: failure('CredentialsProviderError', 'Could not load credentials') },
    'no AWS credentials; run aws sso login',
  ],
  [
    'diff',
    [],
    { account: failure('ExpiredToken', 'The token has expired\nat …') },
    'AWS does not say whose credentials these are: The token has expired',
  ],
  [
    'deploy',
    [],
    { bootstrapVersion: failure('ParameterNotFound', '') },
    'account 111122223333 is not bootstrapped in eu-west-1; run npx cdk bootstrap aws://111122223333/eu-west-1 (with fewer permissions: docs/architecture.md#permissions)',
  ],
] as [string, string[], Partial<Surroundings>, string][])(
  '%s %j is refused in one line that says what to do (%#)',
  async (command, args, missing, message) => {
    const error: Error = await preflight(command, args, { ...ready, ...missing }).catch((reason) => reason);
    expect(error).toBeInstanceOf(Obstacle);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('\n');
  },
);

test.each(['diff', 'destroy'])('%s does not need Docker', async (command) => {
  await expect(preflight(command, [], { ...ready, docker: () => 'absent' })).resolves.toBeUndefined();
});

test('a role that may not look at the bootstrap may still deploy', async () => {
  const bootstrapVersion = failure('AccessDeniedException', 'not authorized');
  await expect(preflight('deploy', [], { ...ready, bootstrapVersion })).resolves.toBeUndefined();
});

test('the URL is found among the outputs', () => {
  expect(deployedUrl({ 'Keepsake-dev': { ServiceName: 'x', Url: 'http://example.org' } })).toBe(
    'http://example.org',
  );
  expect(deployedUrl({ KeepsakeCi: { DeployRoleArn: 'x' } })).toBeUndefined();
});

describe('as a person runs it', () => {
  jest.setTimeout(30_000);

  // What AWS answers to GetCallerIdentity, and to GetParameter in an account that is not bootstrapped.
  const aws = createServer((request, response) => {
    if (request.headers['x-amz-target']) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end('{"__type":"ParameterNotFound","message":""}');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/xml' });
    const result = '<GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult>';
    response.end(`<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>`);
  });
  let endpoint = '';

  beforeAll(async () => {
    await once(aws.listen(0, '127.0.0.1'), 'listening');
    endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  });

  afterAll(() => aws.close());

  /** `npm run diff` on a machine that knows of AWS only what `environment` says. */
  function diff(environment = {}): Promise<{ code: unknown; stderr: string }> {
    const script = join(__dirname, '../../scripts/cdk.ts');
    const env = { PATH: process.env.PATH, HOME: tmpdir(), AWS_EC2_METADATA_DISABLED: 'true', ...environment };
    return new Promise((resolve) => {
      execFile('node', ['--import', 'tsx', script, 'diff'], { env }, (error, _stdout, stderr) => {
        resolve({ code: error?.code, stderr });
      });
    });
  }

  test('without credentials it says so and nothing else', async () => {
    expect(await diff({ AWS_REGION: 'eu-west-1' })).toEqual({
      code: 2,
      stderr: 'diff: no AWS credentials; run aws sso login or aws configure, or set AWS_PROFILE\n',
    });
  });

  test('without a Region it says so and nothing else', async () => {
    expect(await diff()).toEqual({
      code: 2,
      stderr: 'diff: no AWS Region; set AWS_REGION, or `region` in the profile that AWS_PROFILE names\n',
    });
  });

  test('without the bootstrap it says how to make it and nothing else', async () => {
    const credentials = {
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-west-1',
    };
    expect(await diff({ ...credentials, AWS_ENDPOINT_URL: endpoint })).toEqual({
      code: 2,
      stderr:
        'diff: account 111122223333 is not bootstrapped in eu-west-1; run npx cdk bootstrap aws://111122223333/eu-west-1 (with fewer permissions: docs/architecture.md#permissions)\n',
    });
  });
});
