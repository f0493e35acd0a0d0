import { DeploymentWatch } from '../../../scripts/aws/deployment-watch';
import { elements, member, Refusal, recordedAws } from '../support/aws';

const aws = recordedAws();
const SERVICE = 'arn:aws:ecs:eu-west-1:111122223333:service/Keepsake-dev-Cluster/Keepsake-dev-Service';
const TASK = 'arn:aws:ecs:eu-west-1:111122223333:task/Keepsake-dev-Cluster/0a1b2c';
const later = () => Date.now() / 1000 + 60;
const earlier = () => Date.now() / 1000 - 3600;

const resources = () => ({
  ListStackResources: `<StackResourceSummaries>${member(
    elements({ ResourceType: 'AWS::ECS::Service', PhysicalResourceId: SERVICE }),
  )}</StackResourceSummaries>`,
});

const service = () => ({
  DescribeServices: {
    services: [
      {
        clusterArn: 'Keepsake-dev-Cluster',
        serviceName: 'Keepsake-dev-Service',
        events: [
          { id: '2', createdAt: later(), message: '(service s) was unable to place a task.' },
          { id: '1', createdAt: earlier(), message: '(service s) has reached a steady state.' },
        ],
      },
    ],
  },
  ListTasks: { taskArns: [TASK] },
});

const stopped = (stoppedAt: number) => ({
  DescribeTasks: {
    tasks: [
      {
        taskArn: TASK,
        taskDefinitionArn: 'definition',
        stoppedAt,
        stoppedReason: 'Essential container in task exited',
        containers: [{ name: 'Container', exitCode: 2 }],
      },
    ],
  },
  DescribeTaskDefinition: {
    taskDefinition: {
      containerDefinitions: [
        {
          name: 'Container',
          logConfiguration: { options: { 'awslogs-group': 'logs', 'awslogs-stream-prefix': 'task' } },
        },
      ],
    },
  },
  GetLogEvents: ({ logGroupName, logStreamName }: Record<string, unknown>) => ({
    events: [{ message: `PORT is "x" (${logGroupName}, ${logStreamName})\n` }],
  }),
});

const failed = () => ({
  DescribeStacks: `<Stacks>${member(elements({ StackName: 'Keepsake-dev', StackId: 'id', StackStatus: 'ROLLBACK_COMPLETE' }))}</Stacks>`,
  DescribeStackEvents: `<StackEvents>${member(
    event(later(), 'Dashboard', 'CREATE_FAILED', 'Resource creation cancelled'),
    event(later(), 'Service', 'CREATE_FAILED', 'ECS Deployment Circuit Breaker was triggered'),
    event(later(), 'Service', 'CREATE_IN_PROGRESS', ''),
    event(earlier(), 'Topic', 'CREATE_FAILED', 'of a deployment before'),
  )}</StackEvents>`,
});

const event = (
  time: number,
  LogicalResourceId: string,
  ResourceStatus: string,
  ResourceStatusReason: string,
) =>
  elements({
    LogicalResourceId,
    ResourceType: 'AWS::Some::Type',
    ResourceStatus,
    ResourceStatusReason,
    Timestamp: new Date(time * 1000).toISOString(),
  });

test('a deployment that failed tells the failed resource, the stopped tasks with their log, and the events of the service', async () => {
  aws.answers = { ...resources(), ...service(), ...stopped(later()), ...failed() };
  const watch = new DeploymentWatch('Keepsake-dev');
  await watch.look();
  expect((await watch.report()).split('\n')).toEqual([
    'What failed:',
    '  Service (AWS::Some::Type): ECS Deployment Circuit Breaker was triggered',
    'The last tasks that stopped:',
    '  0a1b2c  Essential container in task exited',
    '    Container: exit code 2',
    '    | PORT is "x" (logs, task/Container/0a1b2c)',
    'The last events of the service:',
    expect.stringMatching(/^ {2}\S+Z {2}\(service s\) was unable to place a task\.$/),
    'Read on: docs/operations.md, "A task does not start"',
  ]);
});

test('what was seen before the roll-back took the service away is still told', async () => {
  aws.answers = { ...resources(), ...service(), ...stopped(later()) };
  const watch = new DeploymentWatch('Keepsake-dev');
  await watch.look();
  aws.answers = failed();
  await watch.look();
  expect(await watch.report()).toContain('PORT is "x"');
});

test('tasks of an earlier deployment are left out', async () => {
  aws.answers = { ...resources(), ...service(), ...stopped(earlier()), ...failed() };
  const watch = new DeploymentWatch('Keepsake-dev');
  await watch.look();
  expect(await watch.report()).not.toContain('The last tasks that stopped');
});

test('a deployment that never reached CloudFormation leaves it at what the CDK has said', async () => {
  aws.answers = { DescribeStacks: '<Stacks/>' };
  expect(await new DeploymentWatch('Keepsake-dev').report()).toBe(
    'CloudFormation tells no more than what is above.',
  );
});

test('where no resource has a reason, that of the stack is told', async () => {
  const stack = elements({
    StackName: 'Keepsake-dev',
    StackStatus: 'ROLLBACK_COMPLETE',
    StackStatusReason: 'It is full',
  });
  aws.answers = {
    DescribeStacks: `<Stacks>${member(stack)}</Stacks>`,
    DescribeStackEvents: '<StackEvents/>',
  };
  expect(await new DeploymentWatch('Keepsake-dev').report()).toBe(
    'What failed:\n  It is full\nRead on: docs/operations.md, "A deployment fails"',
  );
});

test('a role that may deploy but not look is told who may', async () => {
  aws.answers = { DescribeStacks: new Refusal('AccessDenied', 'not authorized') };
  expect(await new DeploymentWatch('Keepsake-dev').report()).toBe(
    'This role may not read why; who may reads on in docs/operations.md, "A deployment fails"',
  );
});
