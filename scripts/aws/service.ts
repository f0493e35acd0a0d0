import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  type ContainerDefinition,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListTasks,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';

const ecs = () => new ECSClient();

/** The service of this ARN, which names its cluster too: arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME. */
export async function describeService(arn: string): Promise<Service | undefined> {
  const [, cluster = '', service = ''] = arn.split('/');
  const { services = [] } = await ecs().send(new DescribeServicesCommand({ cluster, services: [service] }));
  return services[0];
}

export async function tasksOf(
  { clusterArn: cluster, serviceName }: Service,
  desiredStatus: 'RUNNING' | 'STOPPED',
): Promise<Task[]> {
  const tasks: Task[] = [];
  const pages = paginateListTasks({ client: ecs() }, { cluster, serviceName, desiredStatus });
  for await (const { taskArns = [] } of pages) {
    if (taskArns.length === 0) continue;
    tasks.push(...((await ecs().send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? []));
  }
  return tasks;
}

/** The one container of a task definition, by its ARN. */
export async function containerOf(taskDefinition?: string): Promise<ContainerDefinition | undefined> {
  const found = await ecs().send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return found.taskDefinition?.containerDefinitions?.[0];
}

export const idOf = ({ taskArn = '' }: Task): string => taskArn.split('/').at(-1) ?? '';

/** The last lines that a task's container has logged; none where there is no such log. */
async function lastLogLines(task: Task, limit = 10): Promise<string[]> {
  const { name, logConfiguration } = (await containerOf(task.taskDefinitionArn)) ?? {};
  const { 'awslogs-group': logGroupName, 'awslogs-stream-prefix': prefix } = logConfiguration?.options ?? {};
  const logStreamName = `${prefix}/${name}/${idOf(task)}`;
  const command = new GetLogEventsCommand({ logGroupName, logStreamName, limit });
  return new CloudWatchLogsClient().send(command).then(
    ({ events = [] }) => events.map(({ message = '' }) => message.trimEnd()),
    () => [],
  );
}

/** Why a task stopped: its reason, the exit codes of its containers and what was logged last. */
export async function whyStopped(task: Task): Promise<string[]> {
  const containers = (task.containers ?? []).map(({ name, exitCode, reason }) =>
    [`${name}:`, exitCode === undefined ? 'did not run' : `exit code ${exitCode}`, reason]
      .filter(Boolean)
      .join(' '),
  );
  return [
    `${idOf(task)}  ${task.stoppedReason ?? task.stopCode ?? ''}`,
    ...containers.map((line) => `  ${line}`),
    ...(await lastLogLines(task)).map((line) => `  | ${line}`),
  ];
}
