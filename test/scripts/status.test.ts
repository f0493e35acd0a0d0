import { runScript } from '../support/script';
import { elements, member, Refusal, recordedAws } from './support/aws';

const aws = recordedAws();
const status = (...args: string[]) => runScript('scripts/status.ts', args, aws.environment).ended;
const account = { GetCallerIdentity: '<Account>111122223333</Account>' };

describe('npm run status', () => {
  it('says in one line that the stage is not deployed', async () => {
    aws.answers = {
      ...account,
      DescribeStacks: new Refusal('ValidationError', 'Stack with id Keepsake-prod does not exist'),
    };
    const line =
      'Keepsake-prod is not in account 111122223333, eu-west-1; npm run deploy -- -c stage=prod makes it';
    expect(await status('-c', 'stage=prod')).toEqual({ code: 1, output: `status: ${line}\n` });
  });

  it('says in one line what AWS refuses', async () => {
    aws.answers = { ...account, DescribeStacks: new Refusal('AccessDenied', 'not authorized to look') };
    expect(await status()).toEqual({
      code: 1,
      output: 'status: AWS refused: not authorized to look (AccessDenied)\n',
    });
  });

  it('shows a line for each part', async () => {
    const stack = elements({ StackName: 'Keepsake-dev', StackStatus: 'REVIEW_IN_PROGRESS' });
    aws.answers = {
      ...account,
      DescribeStacks: `<Stacks>${member(stack)}</Stacks>`,
      ListStackResources: '',
      GetTemplate: '<TemplateBody></TemplateBody>',
    };
    const { code, output } = await status();
    expect(output).toMatch(/^stack {7}Keepsake-dev, REVIEW_IN_PROGRESS\nURL {9}none\n/);
    expect(code).toBe(0);
  });
});
