import { Match, Template } from 'aws-cdk-lib/assertions';
import { aService } from './support/a-service';
import { only, resources } from './support/resources';

const template = Template.fromStack(aService({ retain: true }).stack);

test('the file system, and nothing else, is backed up', () => {
  const { Resources } = only(template, 'AWS::Backup::BackupSelection').BackupSelection;
  expect(Resources).toHaveLength(1);
  const [[fileSystem] = []] = resources(template, 'AWS::EFS::FileSystem');
  expect(JSON.stringify(Resources)).toContain(`":file-system/",{"Ref":"${fileSystem}"}`);
});

test('a backup is made every day and deleted after 35', () => {
  template.hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: {
      BackupPlanRule: [
        Match.objectLike({ ScheduleExpression: 'cron(0 5 * * ? *)', Lifecycle: { DeleteAfterDays: 35 } }),
      ],
    },
  });
});

test('the vault outlives the stack, but not a first deployment that fails', () => {
  template.hasResource('AWS::Backup::BackupVault', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test("the vault's name ends in a part of the stack's id, so that the next stack does not collide with it", () => {
  expect(JSON.stringify(only(template, 'AWS::Backup::BackupVault').BackupVaultName)).toContain(
    'AWS::StackId',
  );
});

test('the role may back up this file system into this vault', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'tag:GetResources', Resource: '*' },
        {
          Effect: 'Allow',
          Action: ['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags'],
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('FileSystem'), 'Arn'] },
        },
        {
          Effect: 'Allow',
          Action: ['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'],
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Vault'), 'BackupVaultArn'] },
        },
      ],
    },
  });
});

test('the file system is chosen after the role may back it up', () => {
  const [[, selection] = []] = resources(template, 'AWS::Backup::BackupSelection');
  expect(selection?.DependsOn).toContainEqual(expect.stringContaining('BackupRolePolicy'));
});
