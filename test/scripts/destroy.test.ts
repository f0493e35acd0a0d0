import { runScript } from '../support/script';
import { elements, member, Refusal, recordedAws } from './support/aws';

const aws = recordedAws();
const destroy = (...args: string[]) => runScript('scripts/destroy.ts', args, aws.environment).ended;

beforeEach(() => {
  aws.answers = {
    GetCallerIdentity: '<Account>111122223333</Account>',
    GetParameter: {},
    DescribeStacks: `<Stacks>${member(elements({ StackName: 'Keepsake-prod', StackId: 'id', EnableTerminationProtection: true }))}</Stacks>`,
  };
});

describe('npm run destroy', () => {
  it('refuses a stack that is protected, and says how to lift that', async () => {
    const line =
      'Keepsake-prod is protected from deletion; npm run destroy -- -c stage=prod --unprotect Keepsake-prod lifts that and deletes it';
    expect(await destroy('-c', 'stage=prod')).toEqual({ code: 2, output: `destroy: ${line}\n` });
  });

  it('lifts the protection of no other stack than the one that it is to delete', async () => {
    const { code, output } = await destroy('-c', 'stage=prod', '--unprotect=Keepsake-prd');
    expect(output).toBe(
      'destroy: --unprotect "Keepsake-prd" is not the stack of this stage; did you mean Keepsake-prod?\n',
    );
    expect(code).toBe(2);
    expect(aws.calls).toEqual([]);
  });

  it('has nothing to do where there is no such stack', async () => {
    aws.answers.DescribeStacks = new Refusal('ValidationError', 'Stack with id Keepsake-dev does not exist');
    expect(await destroy()).toEqual({ code: 0, output: 'There is no stack Keepsake-dev.\n' });
  });
});
