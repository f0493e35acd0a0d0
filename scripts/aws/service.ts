import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { type ContainerDefinition, ECS, type Service, type Task } from '@aws-sdk/client-ecs';

/** The service of this ARN, which names its cluster too: arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME. */
export async function describeService(arn: string): Promise<Service | undefined> {
  const [, cluster = '', service = ''] = arn.split('/');
  const { services = [] } = await new ECS().describeServices({ cluster, services: [service] });
  return services[0];
}

export async function tasksOf(
  { clusterArn: cluster, serviceName }: Service,
  desiredStatus: 'RUNNING' | 'STOPPED',
): Promise<Task[]> {
  const client = new ECS();
  const found: Task[] = [];
  const pages = client.paginateListTasks({ cluster, serviceName, desiredStatus });
  for await (const { taskArns = [] } of pages) {
    if (taskArns.length === 0) continue;
    const { tasks = [] } = await client.describeTasks({ cluster, tasks: taskArns });
    found.push(...tasks);
  }
  return found;
}

/** The one container of a task definition, by its ARN. */
export async function containerOf(taskDefinition?: string): Promise<ContainerDefinition | undefined> {
  const found = await new ECS().describeTaskDefinition({ taskDefinition });
  return found.taskDefinition?.containerDefinitions?.[0];
}

export const idOf = ({ taskArn = '' }: Task): string => taskArn.split('/').at(-1) ?? '';

/** The last lines that a task's container has logged; none where there is no such log. */
async function lastLogLines(task: Task, limit = 10): Promise<string[]> {
  const { name, logConfiguration } = (await containerOf(task.taskDefinitionArn)) ?? {};
  const { 'awslogs-group': logGroupName, 'awslogs-stream-prefix': prefix } = logConfiguration?.options ?? {};
  const logStreamName = `${prefix}/${name}/${idOf(task)}`;
  return new CloudWatchLogs().getLogEvents({ logGroupName, logStreamName, limit }).then(
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
