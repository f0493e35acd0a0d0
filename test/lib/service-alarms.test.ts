import { Match, Template } from 'aws-cdk-lib/assertions';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { AlarmTopic } from '../../lib/alarm-topic';
import { ServiceAlarms } from '../../lib/service-alarms';
import { aService } from './support/a-service';
import { only, type Resource, resources } from './support/resources';

const { stack, service, entrance, telemetry } = aService();
const { loadBalancer, targetGroup } = entrance;
const topic = new AlarmTopic(stack, 'Topic', { telemetry });
const storageErrors = FilterPattern.stringValue('$.kind', '=', 'disk');
new ServiceAlarms(stack, 'Alarms', {
  loadBalancer,
  targetGroup,
  service,
  minTasks: 3,
  storageErrors,
  runbook: 'https://wiki.example.com/other',
  topic,
});
const template = Template.fromStack(stack);
const alarms = Object.fromEntries(
  resources(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => [
    Properties.AlarmName,
    Properties,
  ]),
);

test('these wake somebody, and no others', () => {
  expect(Object.keys(alarms).sort()).toEqual([
    'Other-ServerErrors',
    'Other-SlowResponses',
    'Other-StorageErrors',
    'Other-TooFewTasks',
    'Other-UnhealthyTasks',
  ]);
});

test.each([
  ['ServerErrors', 'GreaterThanThreshold', 1],
  ['SlowResponses', 'GreaterThanThreshold', 1],
  ['UnhealthyTasks', 'GreaterThanThreshold', 0],
  ['TooFewTasks', 'LessThanThreshold', 3],
  ['StorageErrors', 'GreaterThanThreshold', 0],
])('%s has its threshold, in three of five minutes', (name, comparison, threshold) => {
  expect(alarms[`Other-${name}`]).toMatchObject({
    ComparisonOperator: comparison,
    Threshold: threshold,
    DatapointsToAlarm: 3,
    EvaluationPeriods: 5,
  });
});

test.each(Object.keys(alarms))('%s looks at minutes', (name) => {
  const { Period, Metrics = [] } = alarms[name] as Resource['Properties'];
  const ofMetrics = Metrics.map(({ MetricStat }: Resource['Properties']) => MetricStat?.Period);
  const periods = [Period, ...ofMetrics].filter((period) => period !== undefined);
  expect([...new Set(periods)]).toEqual([60]);
});

test.each([
  ['SlowResponses', 'TargetResponseTime', 'p99'],
  ['UnhealthyTasks', 'UnHealthyHostCount', 'Maximum'],
  ['TooFewTasks', 'HealthyHostCount', 'Minimum'],
])('%s watches %s', (name, metric, statistic) => {
  const { MetricName, Statistic, ExtendedStatistic } = alarms[`Other-${name}`];
  expect([MetricName, Statistic ?? ExtendedStatistic]).toEqual([metric, statistic]);
});

test("server errors are the tasks' and the load balancer's own, as a share of all requests", () => {
  const metrics: { Expression?: string; MetricStat?: { Metric: { MetricName: string } } }[] =
    alarms['Other-ServerErrors'].Metrics;
  expect(metrics.map(({ Expression, MetricStat }) => Expression ?? MetricStat?.Metric.MetricName)).toEqual([
    '100 * (FILL(target, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))',
    'HTTPCode_Target_5XX_Count',
    'HTTPCode_ELB_5XX_Count',
    'RequestCount',
  ]);
});

test('storage errors are the log lines that match the pattern', () => {
  const {
    FilterPattern: pattern,
    LogGroupName,
    MetricTransformations,
  } = only(template, 'AWS::Logs::MetricFilter');
  expect(pattern).toBe('{ $.kind = "disk" }');
  expect(LogGroupName).toEqual({ Ref: expect.stringMatching(/^ServiceLogs/) });
  expect(MetricTransformations).toMatchObject([
    { MetricName: 'StorageErrors', MetricNamespace: alarms['Other-StorageErrors'].Namespace },
  ]);
});

test.each(Object.keys(alarms))(
  '%s says in a sentence what is wrong, and links to its place in the runbook',
  (name) => {
    const anchor = name.replace('Other-', '').toLowerCase();
    const { AlarmDescription } = alarms[name] as Resource['Properties'];
    expect(AlarmDescription).toMatch(/^[A-Z][^.]+\. See \S+$/);
    expect(AlarmDescription.split(' ').at(-1)).toBe(`https://wiki.example.com/other#${anchor}`);
  },
);

test('no data is an alarm only where it means that no task is left', () => {
  const breaching = Object.values<Resource['Properties']>(alarms).filter(
    ({ TreatMissingData }) => TreatMissingData === 'breaching',
  );
  expect(breaching.map(({ AlarmName }) => AlarmName)).toEqual(['Other-TooFewTasks']);
});

test('the topic hears when an alarm begins and when it ends', () => {
  template.allResourcesProperties('AWS::CloudWatch::Alarm', {
    AlarmActions: [{ Ref: Match.stringLikeRegexp('^Topic') }],
    OKActions: [{ Ref: Match.stringLikeRegexp('^Topic') }],
  });
});
