import { Template } from 'aws-cdk-lib/assertions';
import { PublicLoadBalancer } from '../../lib/public-load-balancer';
import { aService, aStack, timing } from './support/a-service';
import { only, resources } from './support/resources';

const template = Template.fromStack(aService().stack);
const loadBalancer = only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
const targetGroup = only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');

function attributes({
  LoadBalancerAttributes,
  TargetGroupAttributes,
}: Record<string, { Key: string; Value: string }[]>) {
  const list = LoadBalancerAttributes ?? TargetGroupAttributes ?? [];
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}

test('it faces the internet, from the public subnets', () => {
  expect(loadBalancer.Scheme).toBe('internet-facing');
  expect(loadBalancer.Subnets.map(({ Ref }: { Ref: string }) => Ref)).toEqual([
    expect.stringContaining('PublicSubnet1'),
    expect.stringContaining('PublicSubnet2'),
  ]);
});

test('it drops invalid headers, and requests that two servers could read differently', () => {
  expect(attributes(loadBalancer)).toMatchObject({
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    'routing.http.desync_mitigation_mode': 'defensive',
  });
});

test('it closes silent connections when the timing says', () => {
  expect(attributes(loadBalancer)).toMatchObject({ 'idle_timeout.timeout_seconds': '70' });
});

test('targets are tasks, on the port they are given', () => {
  expect(targetGroup).toMatchObject({ TargetType: 'ip', Protocol: 'HTTP', Port: 3000 });
});

test('the health check asks the path it is given, as often as the timing says', () => {
  expect(targetGroup).toMatchObject({
    HealthCheckPath: '/up',
    HealthCheckIntervalSeconds: 10,
    HealthCheckTimeoutSeconds: 4,
    HealthyThresholdCount: 3,
    UnhealthyThresholdCount: 4,
    Matcher: { HttpCode: '200' },
  });
});

test('a target that leaves has as long as the timing says for the requests it has', () => {
  expect(attributes(targetGroup)).toMatchObject({ 'deregistration_delay.timeout_seconds': '6' });
});

test("the service's tasks are the targets", () => {
  const { LoadBalancers } = only(template, 'AWS::ECS::Service');
  const [[id] = []] = resources(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  expect(LoadBalancers).toEqual([
    { ContainerName: 'Container', ContainerPort: 3000, TargetGroupArn: { Ref: id } },
  ]);
});

test('by default there is neither a firewall nor an access log nor deletion protection', () => {
  template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  template.resourceCountIs('AWS::Logs::Delivery', 0);
  expect(attributes(loadBalancer)).toMatchObject({ 'deletion_protection.enabled': 'false' });
});

describe('with all that protects it', () => {
  const { stack, vpc, telemetry } = aStack();
  new PublicLoadBalancer(stack, 'Entrance', {
    vpc,
    targetPort: 80,
    healthCheckPath: '/',
    timing,
    deletionProtection: true,
    accessLogs: true,
    firewall: true,
    telemetry,
  });
  const guarded = Template.fromStack(stack);

  test('it cannot be deleted', () => {
    const properties = only(guarded, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(attributes(properties)).toMatchObject({ 'deletion_protection.enabled': 'true' });
  });

  test('it has a firewall', () => {
    guarded.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
  });

  test('it logs requests', () => {
    guarded.resourceCountIs('AWS::Logs::Delivery', 1);
  });
});
