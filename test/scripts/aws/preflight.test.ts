import { preflight } from '../../../scripts/aws/preflight';
import { stageOf } from '../../../scripts/aws/stage';
import { Failure } from '../../../scripts/support/command-line';
import { type Answers, elements, member, Refusal, recordedAws } from '../support/aws';

const aws = recordedAws();
const stackIn = (status: string, isProtected = false) => ({
  DescribeStacks: `<Stacks>${member(elements({ StackName: 'Keepsake-prod', StackStatus: status, EnableTerminationProtection: isProtected }))}</Stacks>`,
});
const ready: Answers = {
  GetCallerIdentity: '<Account>111122223333</Account>',
  GetParameter: { Parameter: { Value: '21' } },
  DescribeStacks: new Refusal('ValidationError', 'Stack with id Keepsake-prod does not exist'),
};

beforeEach(() => {
  aws.answers = ready;
});
afterEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
});

test.each([
  ['dev', ready],
  ['prod', { ...ready, ...stackIn('UPDATE_COMPLETE', true) }],
  ['prod', { ...ready, ...stackIn('ROLLBACK_COMPLETE') }],
  // A role may deploy without being allowed to look at the bootstrap.
  ['dev', { ...ready, GetParameter: new Refusal('AccessDeniedException', 'not authorized') }],
  // Nor at the stack: CI's role may only assume those of the bootstrap.
  ['dev', { ...ready, DescribeStacks: new Refusal('AccessDenied', 'not authorized') }],
] as [string, Answers][])('a deployment of %s goes ahead when all is there (%#)', async (stage, answers) => {
  aws.answers = answers;
  await expect(preflight(stageOf({ stage }))).resolves.toBeUndefined();
});

test.each([
  [
    { GetParameter: new Refusal('ParameterNotFound') },
    'account 111122223333 is not bootstrapped in eu-west-1; run npx cdk bootstrap aws://111122223333/eu-west-1 (with fewer permissions: docs/architecture.md#permissions)',
  ],
  [
    { GetCallerIdentity: new Refusal('ExpiredToken', 'The token has expired') },
    'AWS does not say whose credentials these are: The token has expired',
  ],
  [
    stackIn('ROLLBACK_FAILED'),
    'Keepsake-prod is in ROLLBACK_FAILED, and cannot be deployed over; first run npm run destroy -- -c stage=prod --unprotect Keepsake-prod',
  ],
  [
    stackIn('ROLLBACK_COMPLETE', true),
    'Keepsake-prod is in ROLLBACK_COMPLETE, and cannot be deployed over; first run npm run destroy -- -c stage=prod --unprotect Keepsake-prod',
  ],
] as [Answers, string][])(
  'a deployment is refused in one line that says what to do (%#)',
  async (answers, message) => {
    aws.answers = { ...ready, ...answers };
    await expect(preflight(stageOf({ stage: 'prod' }))).rejects.toEqual(new Failure(message, 2));
  },
);

test('three zones are refused where Fargate has two', async () => {
  process.env.AWS_REGION = 'us-west-1';
  await expect(preflight(stageOf({ stage: 'prod' }))).rejects.toThrow(
    'us-west-1 has Fargate in two zones, not 3; run npm run deploy -- -c stage=prod -c availabilityZones=2',
  );
  await expect(preflight(stageOf({ stage: 'prod', availabilityZones: '2' }))).resolves.toBeUndefined();
});
