import { z } from 'zod';
import { anyOf } from '../support/any-of';
import { didYouMean } from '../support/did-you-mean';
import { fargateCpus, refusedSize } from '../support/fargate-sizes';
import { ContextError } from './context-error';
import { flag, numberOf, oneOf, positive, text } from './formats';
import { readSettings } from './read-settings';

// The retention periods that CloudWatch Logs has: PutRetentionPolicy in its API reference.
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What may differ between one stage and another. Everything else is the same wherever it runs. */
const schema = z.strictObject({
  availabilityZones: numberOf([2, 3]),
  /** `none`: private subnets reach AWS through VPC endpoints alone. `nat`: they reach the internet too. */
  egress: oneOf(['none', 'nat']),
  /** 1024 is one vCPU. */
  cpu: numberOf(fargateCpus),
  memoryMiB: positive,
  minTasks: positive,
  maxTasks: positive,
  logRetentionDays: numberOf(retentionDays),
  /** Back the history up, and keep it and its backups when the stack is destroyed. */
  retainHistory: flag,
  /** Refuse to delete the stack and the load balancer. */
  deletionProtection: flag,
  firewall: flag,
  accessLogs: flag,
  containerInsights: flag,
  /** Encrypt logs and alarm messages with a key of one's own instead of the AWS owned one. */
  customerManagedKey: flag,
  /** Serve HTTPS under this name; needs `hostedZoneId`. @default HTTP under the load balancer's name */
  domainName: text(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
    'a host name in lower case, such as keepsake.example.com',
  ).optional(),
  /** The Route 53 zone that `domainName` is in. */
  hostedZoneId: text(/^Z[A-Z0-9]+$/, 'the id of a Route 53 hosted zone, such as Z0123456789ABC').optional(),
  /** Receives every alarm. @default alarms go to the topic, which nobody is subscribed to */
  alarmEmail: z.email().describe('an e-mail address').optional(),
});

export type StageSettings = Readonly<z.output<typeof schema>>;

export interface Stage {
  readonly stage: string;
  readonly settings: StageSettings;
}

const dev: StageSettings = {
  availabilityZones: 2,
  egress: 'none',
  cpu: 256,
  memoryMiB: 512,
  minTasks: 2, // with one, the history of the other containers would be empty until the first rollout
  maxTasks: 4,
  logRetentionDays: 7,
  retainHistory: false,
  deletionProtection: false,
  firewall: false,
  accessLogs: false,
  containerInsights: false,
  customerManagedKey: false,
};

const prod: StageSettings = {
  availabilityZones: 3,
  egress: 'none',
  cpu: 256,
  memoryMiB: 512,
  minTasks: 3,
  maxTasks: 12,
  logRetentionDays: 365,
  retainHistory: true,
  deletionProtection: true,
  firewall: true,
  accessLogs: true,
  containerInsights: true,
  customerManagedKey: true,
};

const stages = new Map([
  ['dev', dev],
  ['prod', prod],
]);

/**
 * The stage and the settings that the CDK's context names: `stage`, by default dev, and any setting in place of the stage's
 * own. With `like`, a stage of any other name starts from the settings of that one: `-c stage=review -c like=dev`.
 *
 * Throws ContextError for a stage, a key or a value that does not exist, and for values that do not go together.
 */
export function stageFromContext({ stage = 'dev', like, ...given }: Record<string, unknown>): Stage {
  const settings = readSettings(schema, { ...defaultsOf(`${stage}`, like), ...given });
  refuseContradictions(settings);
  return { stage: `${stage}`, settings };
}

function defaultsOf(stage: string, like: unknown): StageSettings {
  const names = [...stages.keys()];
  const own = stages.get(stage);
  if (like === undefined) {
    if (own) return own;
    throw new ContextError(
      `stage: "${stage}" does not exist; choose ${anyOf(names)}, or add -c like=dev for one like dev${didYouMean(stage, names)}`,
    );
  }
  if (own) throw new ContextError(`like: "${like}" has no use with ${stage}, which has settings of its own`);
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage))
    throw new ContextError(`stage: "${stage}" is not 1 to 20 lower-case letters, digits or hyphens`);
  const others = stages.get(`${like}`);
  if (!others) throw new ContextError(`like: "${like}" does not exist; choose ${anyOf(names)}`);
  return others;
}

function refuseContradictions(settings: StageSettings): void {
  const { cpu, memoryMiB, minTasks, maxTasks, domainName, hostedZoneId } = settings;
  const refused = refusedSize(cpu, memoryMiB);
  if (refused) throw new ContextError(`memoryMiB: ${refused}`);
  if (minTasks > maxTasks) {
    throw new ContextError(
      `minTasks: ${minTasks} is above maxTasks ${maxTasks}; lower one or raise the other`,
    );
  }
  if (domainName && !hostedZoneId) {
    throw new ContextError(
      `domainName: "${domainName}" needs hostedZoneId, the Route 53 zone it is in, for its certificate`,
    );
  }
  if (hostedZoneId && !domainName) {
    throw new ContextError(
      `hostedZoneId: "${hostedZoneId}" has no use without domainName, the name to serve under`,
    );
  }
}
