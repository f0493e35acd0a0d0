import { Match, Template } from 'aws-cdk-lib/assertions';
import { aService } from './support/a-service';
import { only, resources } from './support/resources';

const template = Template.fromStack(aService().stack);
const task = only(template, 'AWS::ECS::TaskDefinition');
const [container] = task.ContainerDefinitions;
const service = only(template, 'AWS::ECS::Service');

test('it runs the image, on the port, as the user, in the size that it is given', () => {
  expect(container).toMatchObject({
    Image: 'public.ecr.aws/docker/library/memos:1',
    PortMappings: [{ ContainerPort: 3000, Protocol: 'tcp' }],
    User: '1000',
  });
  expect(task).toMatchObject({ Cpu: '512', Memory: '1024' });
});

test('the image is for x86-64, which every machine can build', () => {
  expect(task.RuntimePlatform).toEqual({ CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' });
});

test('the root file system is read-only', () => {
  expect(container.ReadonlyRootFilesystem).toBe(true);
});

test('all capabilities are dropped, and an init process reaps children', () => {
  expect(container.LinuxParameters).toEqual({ Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true });
});

test('the scratch path is an empty volume of the task', () => {
  expect(task.Volumes).toContainEqual({ Name: 'Scratch' });
  expect(container.MountPoints).toContainEqual({
    SourceVolume: 'Scratch',
    ContainerPath: '/var/tmp',
    ReadOnly: false,
  });
});

test('the container has no environment: the image has it', () => {
  expect(container.Environment).toBeUndefined();
});

test('ECS waits as long as the timing says before it kills a container', () => {
  expect(container.StopTimeout).toBe(40);
});

test('logs that cannot be delivered do not stop the container', () => {
  expect(container.LogConfiguration).toMatchObject({
    LogDriver: 'awslogs',
    Options: { mode: 'non-blocking' },
  });
});

test('tasks run in private subnets without public addresses', () => {
  const { AssignPublicIp, Subnets } = service.NetworkConfiguration.AwsvpcConfiguration;
  expect(AssignPublicIp).toBe('DISABLED');
  expect(Subnets.map(({ Ref }: { Ref: string }) => Ref)).toEqual([
    expect.stringContaining('PrivateSubnet1'),
    expect.stringContaining('PrivateSubnet2'),
  ]);
});

test('a rollout starts new tasks before it stops old ones, and rolls back by itself', () => {
  expect(service.DeploymentConfiguration).toMatchObject({
    MinimumHealthyPercent: 100,
    MaximumPercent: 200,
    DeploymentCircuitBreaker: { Enable: true, Rollback: true },
  });
});

test('a deployment does not undo scaling', () => {
  expect(service).not.toHaveProperty('DesiredCount');
});

test('failed health checks do not count while a container starts', () => {
  expect(service.HealthCheckGracePeriodSeconds).toBe(50);
});

test('tasks spread over the zones again after a zone has failed', () => {
  expect(service.AvailabilityZoneRebalancing).toBe('ENABLED');
});

test('nobody can open a shell in a task', () => {
  expect(service.EnableExecuteCommand ?? false).toBe(false);
});

test('the service is made after the policies of its roles', () => {
  const [[, { DependsOn } = { DependsOn: [] }] = []] = resources(template, 'AWS::ECS::Service');
  const policies = resources(template, 'AWS::IAM::ManagedPolicy')
    .map(([id]) => id)
    .filter((id) => id.startsWith('Service'));
  expect(policies).toHaveLength(2);
  expect(DependsOn).toEqual(expect.arrayContaining(policies));
});

test('only ECS, and only for this account, may assume the roles of a task', () => {
  const roles = resources(template, 'AWS::IAM::Role').filter(([id]) => id.startsWith('Service'));
  expect(roles.map(([, { Properties }]) => Properties.AssumeRolePolicyDocument.Statement)).toEqual(
    Array(2).fill([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]),
  );
});

test('what starts a task may write to its log group and nothing else', () => {
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Roles: [{ Ref: Match.stringLikeRegexp('ExecutionRole') }],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('ServiceLogs'), 'Arn'] },
        },
      ],
    },
  });
});
