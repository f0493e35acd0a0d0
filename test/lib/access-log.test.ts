import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccessLog } from '../../lib/access-log';
import { aService } from './support/a-service';
import { only, resources, target } from './support/resources';

const { stack, entrance, telemetry } = aService();
new AccessLog(stack, 'AccessLog', { loadBalancer: entrance.loadBalancer, telemetry });
const template = Template.fromStack(stack);
const [logGroup] = resources(template, 'AWS::Logs::LogGroup')
  .map(([id]) => id)
  .filter((id) => id.startsWith('AccessLog'));

test("the load balancer's requests are what is delivered", () => {
  const [[loadBalancer] = []] = resources(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(only(template, 'AWS::Logs::DeliverySource')).toMatchObject({
    LogType: 'ALB_ACCESS_LOGS',
    ResourceArn: { Ref: loadBalancer },
  });
});

test('they are delivered to the log group', () => {
  expect(only(template, 'AWS::Logs::DeliveryDestination').DestinationResourceArn).toEqual({
    'Fn::GetAtt': [logGroup, 'Arn'],
  });
});

test('a delivery joins the two', () => {
  template.hasResourceProperties('AWS::Logs::Delivery', {
    DeliverySourceName: { Ref: Match.stringLikeRegexp('^AccessLogSource') },
    DeliveryDestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AccessLogDestination'), 'Arn'] },
  });
});

test('only log delivery, for this account, may write to the log group', () => {
  const [statement, ...more] = JSON.parse(
    resolved(only(template, 'AWS::Logs::ResourcePolicy').PolicyDocument),
  ).Statement;
  expect(more).toEqual([]);
  expect(statement).toMatchObject({
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `<${logGroup}>`,
    Condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } },
  });
});

/** A policy that the template has as a text with references in it, each of them as `<id>`. */
function resolved(policy: { 'Fn::Join': [string, (string | object)[]] }): string {
  return policy['Fn::Join'][1]
    .map((part) => (typeof part === 'string' ? part : `<${target(part)}>`))
    .join('');
}

test('the permission is there before the delivery', () => {
  const [[, delivery] = []] = resources(template, 'AWS::Logs::Delivery');
  expect(delivery?.DependsOn).toEqual([expect.stringMatching(/^AccessLogPolicy/)]);
});
