import { describeService, idOf, tasksOf, whyStopped } from './service';
import { failuresOf, findStack, idsOf, ifDenied, resourcesOf } from './stack';

/**
 * Notes, while a stack is deployed, why tasks stop and what the service says. A first deployment that fails takes the cluster
 * and the log with it when it is rolled back, so afterwards would be too late.
 */
export class DeploymentWatch {
  readonly #begun = new Date();
  readonly #stopped = new Map<string, string[]>();
  readonly #events = new Map<string, string>();

  constructor(readonly stackName: string) {}

  /** Looks once. What cannot be read now, such as a service that does not exist yet, is left for the next time. */
  async look(): Promise<void> {
    try {
      const [arn] = idsOf(await resourcesOf(this.stackName), 'AWS::ECS::Service');
      const service = arn && (await describeService(arn));
      if (!service) return;
      for (const { id = '', createdAt, message = '' } of service.events ?? []) {
        if (this.#isRecent(createdAt)) this.#events.set(id, `${createdAt?.toISOString()}  ${message}`);
      }
      for (const task of await tasksOf(service, 'STOPPED')) {
        if (!this.#isRecent(task.stoppingAt ?? task.stoppedAt) || this.#stopped.has(idOf(task))) continue;
        this.#stopped.set(idOf(task), await whyStopped(task));
      }
    } catch {
      // The deployment goes on, whether or not it can be watched.
    }
  }

  #isRecent = (time: Date | undefined): boolean => time !== undefined && time >= this.#begun;

  /** What a person needs to know of a deployment that failed. */
  async report(): Promise<string> {
    const runbook = this.#stopped.size > 0 ? 'A task does not start' : 'A deployment fails';
    const further = `docs/operations.md, "${runbook}"`;
    const stack = await findStack(this.stackName).catch(ifDenied(null));
    if (stack === null) return `This role may not read why; who may reads on in ${further}`;
    const failed = stack ? await failuresOf(stack.StackId ?? this.stackName, this.#begun) : [];
    // The stack's own reason tells as much where the resource's was not recorded.
    if (failed.length === 0 && stack?.StackStatusReason) failed.push(stack.StackStatusReason);
    const report = [
      ...section('What failed', failed),
      ...section('The last tasks that stopped', [...this.#stopped.values()].slice(-3).flat()),
      ...section('The last events of the service', [...this.#events.values()].sort().slice(-5)),
    ];
    // Such as an image that cannot be built.
    if (report.length === 0) return 'CloudFormation tells no more than what is above.';
    return [...report, `Read on: ${further}`].join('\n');
  }
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [`${title}:`, ...lines.map((line) => `  ${line}`)] : [];
