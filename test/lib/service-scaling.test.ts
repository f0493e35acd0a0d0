import { Template } from 'aws-cdk-lib/assertions';
import { ServiceScaling } from '../../lib/service-scaling';
import { aService } from './support/a-service';
import { only, resources } from './support/resources';

const { stack, service, entrance } = aService();
const { targetGroup } = entrance;
new ServiceScaling(stack, 'Scaling', {
  service,
  targetGroup,
  minTasks: 4,
  maxTasks: 9,
  requestsPerTarget: 1200,
});
const template = Template.fromStack(stack);
const policies = resources(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(
  ([, { Properties }]) => Properties.TargetTrackingScalingPolicyConfiguration,
);

test('the number of tasks stays within its bounds', () => {
  expect(only(template, 'AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({
    MinCapacity: 4,
    MaxCapacity: 9,
  });
});

test('it follows CPU and requests, and nothing else', () => {
  const targets = policies.map((policy) => [
    policy.PredefinedMetricSpecification.PredefinedMetricType,
    policy.TargetValue,
  ]);
  expect(targets).toEqual([
    ['ECSServiceAverageCPUUtilizationHighResolution', 60],
    ['ALBRequestCountPerTarget', 1200],
  ]);
});

test('it adds tasks within a minute and takes them away after five', () => {
  for (const policy of policies) expect(policy).toMatchObject({ ScaleOutCooldown: 60, ScaleInCooldown: 300 });
});
