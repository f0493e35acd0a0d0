import { leftovers } from '../../../scripts/aws/leftovers';
import { elements, member, recordedAws } from '../support/aws';

const aws = recordedAws();
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const found = (): Promise<[string, string][]> =>
  leftovers('prod', 'Keepsake-prod', 'stack-id').then((all) => all.map(({ what, remedy }) => [what, remedy]));

const resource = (ResourceType: string, PhysicalResourceId: string, ResourceStatus: string) =>
  elements({ ResourceType, PhysicalResourceId, ResourceStatus });

const answers = (resources: string[], tagged: string[], logGroups: string[] = []) => ({
  ListStackResources: `<StackResourceSummaries>${member(...resources)}</StackResourceSummaries>`,
  GetResources: { ResourceTagMappingList: tagged.map((ResourceARN) => ({ ResourceARN })) },
  DescribeLogGroups: ({ logGroupNamePrefix }: Record<string, unknown>) => ({
    logGroups: logGroups
      .filter((name) => name.startsWith(`${logGroupNamePrefix}`))
      .map((name) => ({ logGroupArn: arn('logs', `log-group:${name}`) })),
  }),
});

test('a stack whose resources are all deleted leaves nothing, though the tagging API still lists some', async () => {
  aws.answers = answers(
    [
      resource('AWS::ECS::Cluster', 'Keepsake-prod-Cluster', 'DELETE_COMPLETE'),
      resource('AWS::EC2::VPC', 'vpc-1', 'DELETE_COMPLETE'),
      resource('AWS::ECS::TaskDefinition', arn('ecs', 'task-definition/keepsake:7'), 'DELETE_COMPLETE'),
    ],
    [
      arn('ecs', 'cluster/Keepsake-prod-Cluster'),
      arn('ecs', 'task/Keepsake-prod-Cluster/0a1b2c'),
      arn('ecs', 'task-definition/keepsake:7'),
      arn('ec2', 'vpc/vpc-1'),
    ],
  );
  expect(await found()).toEqual([]);
  expect(aws.calls.find(({ operation }) => operation === 'GetResources')?.parameters.TagFilters).toEqual([
    { Key: 'project', Values: ['keepsake'] },
    { Key: 'stage', Values: ['prod'] },
  ]);
});

test('what has the tags or the name is told, with what to do', async () => {
  aws.answers = answers(
    [resource('AWS::EFS::FileSystem', 'fs-1', 'DELETE_SKIPPED')],
    [
      arn('elasticfilesystem', 'file-system/fs-1'),
      arn('backup', 'backup-vault:prod-vault'),
      arn('ec2', 'network-interface/eni-1'),
    ],
    ['/aws/lambda/Keepsake-prod-Function'],
  );
  expect(await found()).toEqual([
    [
      arn('elasticfilesystem', 'file-system/fs-1'),
      'it is the history; aws efs delete-file-system --file-system-id fs-1',
    ],
    [
      arn('backup', 'backup-vault:prod-vault'),
      'it keeps the backups; aws backup delete-backup-vault --backup-vault-name prod-vault',
    ],
    [arn('ec2', 'network-interface/eni-1'), 'delete it by hand'],
    [
      arn('logs', 'log-group:/aws/lambda/Keepsake-prod-Function'),
      'aws logs delete-log-group --log-group-name /aws/lambda/Keepsake-prod-Function',
    ],
  ]);
});

test('what CloudFormation kept is told although it has no tags', async () => {
  aws.answers = answers([resource('AWS::EFS::FileSystem', 'fs-1', 'DELETE_SKIPPED')], []);
  expect(await found()).toEqual([['AWS::EFS::FileSystem fs-1', 'delete it by hand']]);
});
