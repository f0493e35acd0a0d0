import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccessLog } from '../../lib/access-log';
import { aService } from './support/a-service';
import { only, resources } from './support/resources';

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

test('only this delivery may write to the log group', () => {
  const policy = JSON.stringify(only(template, 'AWS::Logs::ResourcePolicy').PolicyDocument);
  const { Name } = only(template, 'AWS::Logs::DeliverySource');
  expect(policy).toContain(`:delivery-source:${Name}`);
  expect(policy).toContain('delivery.logs.amazonaws.com');
  expect(policy).toContain(logGroup);
});

test('the permission is there before the delivery', () => {
  const [[, delivery] = []] = resources(template, 'AWS::Logs::Delivery');
  expect(delivery?.DependsOn).toEqual([expect.stringMatching(/^AccessLogPolicy/)]);
});
