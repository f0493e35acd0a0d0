import { Match, Template } from 'aws-cdk-lib/assertions';
import { SharedFileSystem } from '../../lib/shared-file-system';
import { aService, aStack } from './support/a-service';
import { only, resources, target } from './support/resources';

const template = Template.fromStack(aService().stack);
const fileSystem = only(template, 'AWS::EFS::FileSystem');

test('files are encrypted at rest', () => {
  expect(fileSystem.Encrypted).toBe(true);
});

test('throughput follows the load', () => {
  expect(fileSystem.ThroughputMode).toBe('elastic');
});

test('each private subnet has a mount target', () => {
  const subnets = resources(template, 'AWS::EFS::MountTarget').map(([, { Properties }]) =>
    target(Properties.SubnetId),
  );
  expect(subnets.filter((id) => id.includes('PrivateSubnet'))).toHaveLength(2);
});

test('whoever writes, files belong to one user, under one directory', () => {
  expect(only(template, 'AWS::EFS::AccessPoint')).toMatchObject({
    PosixUser: { Uid: '1000', Gid: '1000' },
    RootDirectory: {
      Path: '/uploads',
      CreationInfo: { OwnerUid: '1000', OwnerGid: '1000', Permissions: '750' },
    },
  });
});

test('the file system policy allows nobody anything', () => {
  const effects = fileSystem.FileSystemPolicy.Statement.map(({ Effect }: { Effect: string }) => Effect);
  expect(effects).toEqual(['Deny', 'Deny', 'Deny']);
});

test.each([
  ['root', ['ClientRootAccess'], undefined],
  ['clients without TLS', ['ClientMount', 'ClientWrite'], { Bool: { 'aws:SecureTransport': 'false' } }],
  [
    'clients that do not come through an access point',
    ['ClientMount', 'ClientWrite'],
    { Null: { 'elasticfilesystem:AccessPointArn': 'true' } },
  ],
])('the file system policy refuses %s', (_who, actions, condition) => {
  expect(fileSystem.FileSystemPolicy.Statement).toContainEqual(
    expect.objectContaining({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action:
        actions.length === 1
          ? `elasticfilesystem:${actions[0]}`
          : actions.map((action) => `elasticfilesystem:${action}`),
      ...(condition && { Condition: condition }),
    }),
  );
});

test('the task role may read and write through the access point, and not as root', () => {
  const [accessPoint] = resources(template, 'AWS::EFS::AccessPoint').map(([id]) => id);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('FileSystem'), 'Arn'] },
          Condition: {
            StringEquals: {
              'elasticfilesystem:AccessPointArn': {
                'Fn::Join': ['', Match.arrayWith([':access-point/', { Ref: accessPoint }])],
              },
            },
          },
        },
      ],
    },
    Roles: [{ Ref: Match.stringLikeRegexp('TaskRole') }],
  });
});

test('tasks mount it at the path they are given, with IAM and TLS', () => {
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [
      Match.objectLike({
        MountPoints: Match.arrayWith([
          { SourceVolume: 'Shared', ContainerPath: '/srv/uploads', ReadOnly: false },
        ]),
      }),
    ],
    Volumes: Match.arrayWith([
      {
        Name: 'Shared',
        EFSVolumeConfiguration: {
          FilesystemId: { Ref: Match.anyValue() },
          TransitEncryption: 'ENABLED',
          AuthorizationConfig: { AccessPointId: { Ref: Match.anyValue() }, IAM: 'ENABLED' },
        },
      },
    ]),
  });
});

test('files that would belong to root are refused', () => {
  const { stack, vpc } = aStack();
  expect(
    () => new SharedFileSystem(stack, 'Files', { vpc, path: '/files', owner: '0', retain: false }),
  ).toThrow('Other/Files: owner is "0"; give the number of a user, from 1');
});

describe('when it is not retained', () => {
  test('the file system goes with the stack', () => {
    template.hasResource('AWS::EFS::FileSystem', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('no backup outlives it', () => {
    template.resourceCountIs('AWS::Backup::BackupVault', 0);
    expect(fileSystem.BackupPolicy).toBeUndefined();
  });
});

describe('when it is retained', () => {
  const retained = Template.fromStack(aService({ retain: true }).stack);

  test('the file system outlives the stack and its own replacement, but not a first deployment that fails', () => {
    retained.hasResource('AWS::EFS::FileSystem', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('it is backed up', () => {
    retained.resourceCountIs('AWS::Backup::BackupSelection', 1);
  });
});
