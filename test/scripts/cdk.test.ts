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
    'account 111122223333 is not bootstrapped in eu-west-1; run npx cdk bootstrap aws://111122223333/eu-west-1',
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
