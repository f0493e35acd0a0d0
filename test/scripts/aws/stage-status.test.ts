import { stageStatus } from '../../../scripts/aws/stage-status';
import { elements, member, recordedAws } from '../support/aws';

const aws = recordedAws();
const NOW = new Date('2026-11-25T12:00:00Z');
const hoursAgo = (hours: number) => NOW.getTime() / 1000 - hours * 3600;
const resource = (ResourceType: string, PhysicalResourceId: string) =>
  elements({ ResourceType, PhysicalResourceId });
const address = (value: string) => [{ details: [{ name: 'privateIPv4Address', value }] }];

const deployed = {
  ListStackResources: `<StackResourceSummaries>${member(
    resource('AWS::ECS::Service', 'arn:aws:ecs:eu-west-1:111122223333:service/cluster/service'),
    resource('AWS::CloudWatch::Alarm', 'ServerErrors'),
    resource('AWS::CloudWatch::Alarm', 'StorageErrors'),
  )}</StackResourceSummaries>`,
  GetTemplate: '<TemplateBody>{"Resources":{"Key":{"Type":"AWS::KMS::Key"}}}</TemplateBody>',
  DescribeServices: {
    services: [
      {
        clusterArn: 'cluster',
        serviceName: 'service',
        runningCount: 2,
        desiredCount: 2,
        deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2, desiredCount: 2 }],
        loadBalancers: [{ targetGroupArn: 'targets' }],
      },
    ],
  },
  DescribeTaskDefinition: {
    taskDefinition: { containerDefinitions: [{ image: 'registry/assets:0123abcd' }] },
  },
  ListTasks: { taskArns: ['task/cluster/a', 'task/cluster/b'] },
  DescribeTasks: {
    tasks: [
      {
        taskArn: 'task/cluster/a',
        availabilityZone: 'eu-west-1a',
        lastStatus: 'RUNNING',
        startedAt: hoursAgo(5),
        attachments: address('10.0.0.1'),
      },
      {
        taskArn: 'task/cluster/b',
        availabilityZone: 'eu-west-1b',
        lastStatus: 'PENDING',
        attachments: address('10.0.0.2'),
      },
    ],
  },
  DescribeTargetHealth: `<TargetHealthDescriptions>${member(
    '<Target><Id>10.0.0.1</Id></Target><TargetHealth><State>healthy</State></TargetHealth>',
  )}</TargetHealthDescriptions>`,
  DescribeAlarms: {
    MetricAlarms: [
      { AlarmName: 'ServerErrors', StateValue: 'ALARM' },
      { AlarmName: 'StorageErrors', StateValue: 'OK' },
    ],
  },
};

const stack = {
  StackName: 'Keepsake-dev',
  StackStatus: 'UPDATE_COMPLETE' as const,
  CreationTime: NOW,
  ChangeSetId: 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/commit-1a2b3c4d5e6f/uuid',
  Outputs: [{ OutputKey: 'Url', OutputValue: 'http://example.org' }],
};

test('a stage shows its URL, version, tasks, deployment, alarms and cost', async () => {
  aws.answers = deployed;
  expect(await stageStatus(stack, NOW)).toEqual([
    ['stack', 'Keepsake-dev, UPDATE_COMPLETE'],
    ['URL', 'http://example.org'],
    ['commit', '1a2b3c4d5e6f'],
    ['image', 'registry/assets:0123abcd'],
    ['deployment', 'none in progress'],
    ['tasks', '2 of 2 run'],
    ['', 'a  eu-west-1a  RUNNING for 5 h  healthy'],
    ['', 'b  eu-west-1b  PENDING starting  not a target'],
    ['alarms', 'raised: ServerErrors'],
    ['cost', '1.00 USD a month without requests, in us-east-1'],
  ]);
});

test('a deployment in progress shows how far it is', async () => {
  const [service] = deployed.DescribeServices.services;
  const deployments = [
    { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', runningCount: 1, desiredCount: 2, failedTasks: 3 },
    { status: 'ACTIVE', rolloutState: 'COMPLETED', runningCount: 2, desiredCount: 2 },
  ];
  aws.answers = { ...deployed, DescribeServices: { services: [{ ...service, deployments }] } };
  expect(await stageStatus(stack, NOW)).toContainEqual([
    'deployment',
    'PRIMARY IN_PROGRESS: 1 of 2 run, 3 failed; ACTIVE COMPLETED: 2 of 2 run, 0 failed',
  ]);
});

test('a deployment in progress shows why the youngest task that stopped did', async () => {
  const [service] = deployed.DescribeServices.services;
  const deployments = [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }];
  const task = (id: string, createdAt: number, stoppedReason: string) => ({
    taskArn: `task/cluster/${id}`,
    createdAt,
    stoppedReason,
    containers: [{ name: 'Container', exitCode: 2 }],
  });
  aws.answers = {
    ...deployed,
    DescribeServices: { services: [{ ...service, deployments }] },
    DescribeTasks: {
      tasks: [
        task('old', hoursAgo(5), 'Scaled in'),
        task('new', hoursAgo(1), 'Exited'),
        task('older', hoursAgo(9), ''),
      ],
    },
  };
  const rows = await stageStatus(stack, NOW);
  expect(rows.slice(-4, -2)).toEqual([
    ['stopped', 'new  Exited'],
    ['', '  Container: exit code 2'],
  ]);
});

test('a task that started by a clock ahead of this one has no age yet', async () => {
  const [task] = deployed.DescribeTasks.tasks;
  aws.answers = { ...deployed, DescribeTasks: { tasks: [{ ...task, startedAt: hoursAgo(-0.01) }] } };
  expect(await stageStatus(stack, NOW)).toContainEqual(['', 'a  eu-west-1a  RUNNING for 0 min  healthy']);
});

test('a stack without a service yet, not made by npm run deploy, says so', async () => {
  aws.answers = { ListStackResources: '', GetTemplate: '<TemplateBody></TemplateBody>' };
  expect(
    await stageStatus(
      { StackName: 'Keepsake-dev', StackStatus: 'REVIEW_IN_PROGRESS', CreationTime: NOW },
      NOW,
    ),
  ).toEqual([
    ['stack', 'Keepsake-dev, REVIEW_IN_PROGRESS'],
    ['URL', 'none'],
    ['commit', 'not known; it was not deployed with npm run deploy'],
    ['service', 'none'],
    ['alarms', 'none'],
    ['cost', '0.00 USD a month without requests, in us-east-1'],
  ]);
});
