import { Match, Template } from 'aws-cdk-lib/assertions';
import { aService } from './support/a-service';
import { only, resources } from './support/resources';

const template = Template.fromStack(aService().stack);
const service = only(template, 'AWS::ECS::Service');

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

test('a version that does not start is given up after three tasks, whichever were healthy between', () => {
  expect(service.DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({
    Enable: true,
    Rollback: true,
    ThresholdConfiguration: { Type: 'COUNT', Value: 3 },
    ResetOnHealthyTask: false,
  });
});

test('the CPU of its tasks is measured every 20 seconds', () => {
  expect(service.Monitoring).toEqual({
    MetricConfigurations: [{ MetricNames: ['CPUUtilization'], ResolutionSeconds: 20 }],
  });
});

test('tasks carry the tags of the service', () => {
  expect(service.PropagateTags).toBe('SERVICE');
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

describe.each(['none', 'nat'] as const)('with egress %s, the service is made after', (egress) => {
  const { stack } = aService({ egress });
  const all = Template.fromStack(stack);
  const [[, service] = []] = resources(all, 'AWS::ECS::Service');

  test.each([
    ['the policies of its roles', 'AWS::IAM::ManagedPolicy', /^Service/],
    ['the endpoints, of image layers too', 'AWS::EC2::VPCEndpoint', /./],
    ['the routes', 'AWS::EC2::Route', /./],
    ['the route tables of its subnets', 'AWS::EC2::SubnetRouteTableAssociation', /./],
    ['the NAT gateways', 'AWS::EC2::NatGateway', /./],
    ['what its security groups let in', 'AWS::EC2::SecurityGroupIngress', /./],
    ['what its security groups let out', 'AWS::EC2::SecurityGroupEgress', /./],
    ['the mount targets', 'AWS::EFS::MountTarget', /./],
    ['the listener', 'AWS::ElasticLoadBalancingV2::Listener', /./],
  ])('%s', (_what, type, name) => {
    const ids = resources(all, type).map(([id]) => id);
    const needed = ids.filter((id) => name.test(id));
    expect(service?.DependsOn).toEqual(expect.arrayContaining(needed));
  });
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
