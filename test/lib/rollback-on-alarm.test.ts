import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { RollbackOnAlarm } from '../../lib/rollback-on-alarm';
import { aService } from './support/a-service';
import { only } from './support/resources';

const { stack, service } = aService();
const alarms = ['One', 'Two'].map(
  (id) =>
    new Alarm(stack, id, {
      alarmName: `Other-${id}`,
      metric: new Metric({ namespace: 'Other', metricName: id }),
      threshold: 1,
      evaluationPeriods: 1,
    }),
);
new RollbackOnAlarm(stack, 'Rollback', { service, alarms });
const template = Template.fromStack(stack);
const { DeploymentConfiguration } = only(template, 'AWS::ECS::Service');

test('a rollout during which an alarm goes off is rolled back', () => {
  expect(DeploymentConfiguration.Alarms).toMatchObject({ Enable: true, Rollback: true });
});

test('the service refers to the alarms, so that they are made before it', () => {
  const ids = Object.keys(template.findResources('AWS::CloudWatch::Alarm'));
  expect(DeploymentConfiguration.Alarms.AlarmNames).toEqual(ids.map((Ref) => ({ Ref })));
});

test('what else the service says of rollouts stays', () => {
  expect(DeploymentConfiguration).toMatchObject({ MinimumHealthyPercent: 100, MaximumPercent: 200 });
});
