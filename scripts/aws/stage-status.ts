import type { Stack } from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Deployment, Service, Task } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { monthlyCost, sumOf } from './monthly-cost';
import { usd } from './prices';
import { containerOf, describeService, idOf, tasksOf, whyStopped } from './service';
import { deployedTemplate, idsOf, outputOf, resourcesOf } from './stack';

type Row = readonly [title: string, text: string];

/** How a deployed stage is, as titles and texts for one screen. */
export async function stageStatus(stack: Stack, now = new Date()): Promise<Row[]> {
  const { StackName = '', StackStatus, ChangeSetId = '' } = stack;
  const resources = await resourcesOf(StackName);
  const [arn] = idsOf(resources, 'AWS::ECS::Service');
  const service = arn ? await describeService(arn) : undefined;
  const [, commit] = /changeSet\/commit-([^/]+)/.exec(ChangeSetId) ?? [];
  const cost = usd(sumOf(monthlyCost(await deployedTemplate(StackName))));
  return [
    ['stack', `${StackName}, ${StackStatus}`],
    ['URL', outputOf(stack, 'Url') ?? 'none'],
    ['commit', commit ?? 'not known; it was not deployed with npm run deploy'],
    ...(service ? await serviceRows(service, now) : ([['service', 'none']] as Row[])),
    ['alarms', await alarms(idsOf(resources, 'AWS::CloudWatch::Alarm'))],
    ['cost', `${cost} USD a month without requests, in us-east-1`],
  ];
}

async function serviceRows(service: Service, now: Date): Promise<Row[]> {
  const { taskDefinition, deployments = [] } = service;
  const container = await containerOf(taskDefinition);
  const health = await targetHealth(service);
  const tasks = await tasksOf(service, 'RUNNING');
  return [
    ['image', container?.image ?? 'none'],
    ['deployment', deployments.map(describeDeployment).join('; ')],
    ['tasks', `${service.runningCount} of ${service.desiredCount} run`],
    ...tasks.map((task): Row => ['', describeTask(task, health, now)]),
    ...(deployments.every(isComplete) ? [] : await youngestStopped(service)),
  ];
}

/** While a deployment goes on: why the youngest task that has stopped did. Older ones may belong to an earlier version. */
async function youngestStopped(service: Service): Promise<Row[]> {
  const stopped = await tasksOf(service, 'STOPPED');
  const [youngest] = stopped.toSorted((a, b) => Number(b.createdAt) - Number(a.createdAt));
  const lines = youngest ? await whyStopped(youngest) : [];
  return lines.map((line, index) => [index === 0 ? 'stopped' : '', line]);
}

const isComplete = ({ status, rolloutState }: Deployment) =>
  status === 'PRIMARY' && rolloutState === 'COMPLETED';

function describeDeployment(deployment: Deployment): string {
  const { status, rolloutState, runningCount, desiredCount, failedTasks = 0 } = deployment;
  if (isComplete(deployment)) return 'none in progress';
  return `${status} ${rolloutState}: ${runningCount} of ${desiredCount} run, ${failedTasks} failed`;
}

function describeTask(task: Task, health: ReadonlyMap<string, string>, now: Date): string {
  const details = (task.attachments ?? []).flatMap(({ details = [] }) => details);
  const address = details.find(({ name }) => name === 'privateIPv4Address')?.value ?? '';
  const age = task.startedAt ? `for ${ageOf(now.getTime() - task.startedAt.getTime())}` : 'starting';
  const state = health.get(address) ?? 'not a target';
  return `${idOf(task)}  ${task.availabilityZone}  ${task.lastStatus} ${age}  ${state}`;
}

/** `3 d`, `5 h` or `12 min` */
function ageOf(milliseconds: number): string {
  // The clock of AWS may be ahead of this machine's.
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes >= 48 * 60) return `${Math.floor(minutes / 1440)} d`;
  return minutes >= 120 ? `${Math.floor(minutes / 60)} h` : `${minutes} min`;
}

/** What the load balancer thinks of each target, by its address. */
async function targetHealth({ loadBalancers: [target] = [] }: Service): Promise<Map<string, string>> {
  if (!target?.targetGroupArn) return new Map();
  const group = { TargetGroupArn: target.targetGroupArn };
  const { TargetHealthDescriptions = [] } = await new ElasticLoadBalancingV2().describeTargetHealth(group);
  return new Map(
    TargetHealthDescriptions.map(({ Target, TargetHealth: { State = '', Description = '' } = {} }) => [
      Target?.Id ?? '',
      [State, Description].filter(Boolean).join(': '),
    ]),
  );
}

async function alarms(AlarmNames: string[]): Promise<string> {
  if (AlarmNames.length === 0) return 'none';
  const { MetricAlarms = [] } = await new CloudWatch().describeAlarms({ AlarmNames });
  const raised = MetricAlarms.flatMap(({ AlarmName, StateValue }) =>
    StateValue === 'ALARM' ? AlarmName : [],
  );
  return raised.length > 0 ? `raised: ${raised.join(', ')}` : `none of ${MetricAlarms.length} is raised`;
}
