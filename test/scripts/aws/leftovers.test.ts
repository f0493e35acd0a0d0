import { leftovers } from '../../../scripts/aws/leftovers';
import { recordedAws } from '../support/aws';

const aws = recordedAws();
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const resource = (
  ResourceType: string,
  PhysicalResourceId: string,
  ResourceStatus: 'CREATE_COMPLETE' | 'DELETE_COMPLETE' = 'CREATE_COMPLETE',
) => ({
  LogicalResourceId: ResourceType,
  ResourceType,
  PhysicalResourceId,
  ResourceStatus,
  LastUpdatedTimestamp: undefined,
});
const stage = { stage: 'prod', stackName: 'Keepsake-prod' };
const template = {
  Resources: {
    'AWS::EC2::VPC': { Type: 'AWS::EC2::VPC', DeletionPolicy: 'Delete' },
    'AWS::EFS::FileSystem': { Type: 'AWS::EFS::FileSystem', DeletionPolicy: 'RetainExceptOnCreate' },
    'AWS::Backup::BackupVault': { Type: 'AWS::Backup::BackupVault', DeletionPolicy: 'Retain' },
    'AWS::KMS::Key': { Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain' },
  },
};

const answers = (tagged: string[], logGroups: string[] = []) => ({
  GetResources: { ResourceTagMappingList: tagged.map((ResourceARN) => ({ ResourceARN })) },
  DescribeLogGroups: ({ logGroupNamePrefix }: Record<string, unknown>) => ({
    logGroups: logGroups
      .filter((name) => name.startsWith(`${logGroupNamePrefix}`))
      .map((logGroupName) => ({ logGroupName })),
  }),
});

test('a stack that keeps nothing leaves nothing, though the tagging API still lists some', async () => {
  aws.answers = answers(
    [
      arn('ecs', 'cluster/Keepsake-prod-Cluster'),
      arn('ecs', 'task/Keepsake-prod-Cluster/0a1b2c'),
      arn('ecs', 'task-definition/keepsake:7'),
      arn('ec2', 'vpc/vpc-1'),
    ],
    ['Keepsake-prod-Log'],
  );
  const resources = [
    resource('AWS::ECS::Cluster', 'Keepsake-prod-Cluster'),
    resource('AWS::EC2::VPC', 'vpc-1'),
    resource('AWS::ECS::TaskDefinition', arn('ecs', 'task-definition/keepsake:7')),
    resource('AWS::Logs::LogGroup', 'Keepsake-prod-Log'),
  ];
  expect(await leftovers(stage, resources, template)).toEqual([]);
  expect(aws.calls.find(({ operation }) => operation === 'GetResources')?.parameters.TagFilters).toEqual([
    { Key: 'project', Values: ['keepsake'] },
    { Key: 'stage', Values: ['prod'] },
  ]);
});

test('what a template keeps is told, with what to do, whatever the engine says of it', async () => {
  aws.answers = answers([arn('elasticfilesystem', 'file-system/fs-1')]);
  const resources = [
    resource('AWS::EFS::FileSystem', 'fs-1'),
    resource('AWS::Backup::BackupVault', 'vault'),
    resource('AWS::KMS::Key', 'key-1'),
  ];
  expect(await leftovers(stage, resources, template)).toEqual([
    'it is the history; aws efs delete-file-system --file-system-id fs-1',
    'it keeps the backups; aws backup delete-backup-vault --backup-vault-name vault',
    'delete it by hand: AWS::KMS::Key key-1',
  ]);
});

test('what a roll-back has deleted before is not left', async () => {
  aws.answers = answers([arn('elasticfilesystem', 'file-system/fs-1')]);
  const resources = [resource('AWS::EFS::FileSystem', 'fs-1', 'DELETE_COMPLETE')];
  expect(await leftovers(stage, resources, template)).toEqual([]);
});

test('what has the tags or the name and is not of the stack is told', async () => {
  aws.answers = answers(
    [arn('ec2', 'network-interface/eni-1')],
    ['/aws/lambda/Keepsake-prod-Function', 'Keepsake-prod-Function'],
  );
  expect(await leftovers(stage, [], {})).toEqual([
    `delete it by hand: ${arn('ec2', 'network-interface/eni-1')}`,
    'aws logs delete-log-group --log-group-name Keepsake-prod-Function',
    'aws logs delete-log-group --log-group-name /aws/lambda/Keepsake-prod-Function',
  ]);
});
