import { Match, Template } from 'aws-cdk-lib/assertions';
import { Network } from '../../lib/network';
import { aService, aStack } from './support/a-service';
import { only, resources, target } from './support/resources';

describe('without egress', () => {
  const { stack } = aService();
  const template = Template.fromStack(stack);

  test('each zone has a public and a private subnet', () => {
    const zones = resources(template, 'AWS::EC2::Subnet').map(([, { Properties }]) => {
      const [index] = Properties.AvailabilityZone['Fn::Select'];
      const { Value: name } = Properties.Tags.find(
        ({ Key }: { Key: string }) => Key === 'aws-cdk:subnet-name',
      );
      return `${name} ${index}`;
    });
    expect(zones.sort()).toEqual(['Private 0', 'Private 1', 'Public 0', 'Public 1']);
  });

  test('no subnet gives out public addresses by itself', () => {
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('only public subnets have a route out, to the internet gateway', () => {
    const routes = resources(template, 'AWS::EC2::Route').map(([, { Properties }]) => [
      target(Properties.RouteTableId).includes('PublicSubnet'),
      Properties.DestinationCidrBlock,
      target(Properties.GatewayId).includes('IGW'),
    ]);
    expect(routes).toEqual([
      [true, '0.0.0.0/0', true],
      [true, '0.0.0.0/0', true],
    ]);
  });

  test('there is no NAT gateway', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  test('the registry, logs and image layers have endpoints, and nothing else has', () => {
    const services = resources(template, 'AWS::EC2::VPCEndpoint').map(([, { Properties }]) => {
      const name = Properties.ServiceName;
      return typeof name === 'string' ? name : name['Fn::Join'][1].at(-1);
    });
    expect(services.sort()).toEqual(['.ecr.api', '.ecr.dkr', '.logs', '.s3']);
  });

  test("the endpoint of S3 lets read the registry's image layers, and no other bucket", () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      PolicyDocument: {
        Statement: [
          {
            Action: 's3:GetObject',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Resource: { 'Fn::Join': ['', Match.arrayWith([':s3:::prod-', '-starport-layer-bucket/*'])] },
          },
        ],
      },
    });
  });

  test.each([
    ['.ecr.api', 'ecr:GetAuthorizationToken'],
    ['.ecr.dkr', 'ecr:BatchGetImage'],
    ['.logs', 'logs:PutLogEvents'],
  ])('the endpoint %s lets through what a task does, and for this account alone', (name, action) => {
    const [policy, ...others] = resources(template, 'AWS::EC2::VPCEndpoint')
      .filter(([, { Properties }]) => JSON.stringify(Properties.ServiceName).includes(name))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    expect(others).toEqual([]);
    expect(policy).toMatchObject({
      Action: expect.arrayContaining([action]),
      Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(policy.Action.join()).not.toMatch(/\*|Put(?!LogEvents)|Upload|Delete|Query/);
  });

  test('all traffic of the VPC is recorded', () => {
    expect(only(template, 'AWS::EC2::FlowLog')).toMatchObject({ ResourceType: 'VPC', TrafficType: 'ALL' });
  });
});

describe('with egress through NAT', () => {
  const template = Template.fromStack(aService({ egress: 'nat' }).stack);

  test('each zone has a gateway of its own, so that no zone depends on another', () => {
    const zones = resources(template, 'AWS::EC2::NatGateway').map(([, { Properties }]) =>
      target(Properties.SubnetId),
    );
    expect(new Set(zones).size).toBe(2);
  });

  test('private subnets reach the internet through it', () => {
    const routes = resources(template, 'AWS::EC2::Route').filter(
      ([, { Properties }]) => Properties.NatGatewayId,
    );
    expect(routes.map(([, { Properties }]) => Properties.DestinationCidrBlock)).toEqual([
      '0.0.0.0/0',
      '0.0.0.0/0',
    ]);
  });

  test('there are no endpoints to pay for', () => {
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  });
});

test('a network of three zones has six subnets although the stack is bound to no account', () => {
  const { stack, telemetry } = aStack();
  new Network(stack, 'Third', { availabilityZones: 3, egress: 'none', telemetry });
  Template.fromStack(stack).resourceCountIs('AWS::EC2::Subnet', 4 + 6);
});
