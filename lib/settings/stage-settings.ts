import { fargateMemory } from './fargate-sizes';
import {
  anyOf,
  cpu,
  egress,
  email,
  flag,
  hostedZone,
  hostName,
  positive,
  retention,
  type SettingFormat,
  zones,
} from './setting-formats';
import { SettingsError } from './settings-error';

/** What may differ between one stage and another. Everything else is the same wherever it runs. */
export interface StageSettings {
  readonly availabilityZones: number;
  /** `none`: private subnets reach AWS through VPC endpoints alone. `nat`: they reach the internet too. */
  readonly egress: 'none' | 'nat';
  /** 1024 is one vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly minTasks: number;
  readonly maxTasks: number;
  readonly logRetentionDays: number;
  /** Back the history up, and keep it and its backups when the stack is destroyed. */
  readonly retainHistory: boolean;
  /** Refuse to delete the stack and the load balancer. */
  readonly deletionProtection: boolean;
  readonly firewall: boolean;
  readonly accessLogs: boolean;
  readonly containerInsights: boolean;
  /** Encrypt logs and alarm messages with a key of one's own instead of the AWS owned one. */
  readonly customerManagedKey: boolean;
  /** Serve HTTPS under this name; needs `hostedZoneId`. @default HTTP under the load balancer's name */
  readonly domainName?: string;
  /** The Route 53 zone that `domainName` is in. */
  readonly hostedZoneId?: string;
  /** Receives every alarm. @default alarms go to the topic, which nobody is subscribed to */
  readonly alarmEmail?: string;
}

const stages: Record<string, StageSettings> = {
  dev: {
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
  },
  prod: {
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
  },
};

const formats: Record<keyof StageSettings, SettingFormat> = {
  availabilityZones: zones,
  egress,
  cpu,
  memoryMiB: positive,
  minTasks: positive,
  maxTasks: positive,
  logRetentionDays: retention,
  retainHistory: flag,
  deletionProtection: flag,
  firewall: flag,
  accessLogs: flag,
  containerInsights: flag,
  customerManagedKey: flag,
  domainName: hostName,
  hostedZoneId: hostedZone,
  alarmEmail: email,
};

/**
 * The settings of a stage, with any of them replaced by a value from the command line.
 *
 * Throws SettingsError for a stage, a key or a value that does not exist, and for values that do not go together.
 */
export function stageSettings(stage: string, overrides: Record<string, unknown> = {}): StageSettings {
  const defaults = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (!defaults)
    throw new SettingsError(`stage: "${stage}" does not exist; choose ${anyOf(Object.keys(stages))}`);
  const replaced = Object.entries(overrides).map(([key, value]) => [key, parse(key, value)]);
  const settings: StageSettings = { ...defaults, ...Object.fromEntries(replaced) };
  refuseContradictions(settings);
  return settings;
}

function parse(key: string, value: unknown): unknown {
  if (!isSetting(key))
    throw new SettingsError(`${key}: there is no such setting; choose ${anyOf(Object.keys(formats))}`);
  const { schema, allowed } = formats[key];
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SettingsError(`${key}: ${JSON.stringify(value)} is not ${allowed}`);
  return parsed.data;
}

function isSetting(key: string): key is keyof StageSettings {
  return Object.hasOwn(formats, key);
}

function refuseContradictions(settings: StageSettings): void {
  const { cpu, memoryMiB, minTasks, maxTasks, domainName, hostedZoneId } = settings;
  const memory = fargateMemory[cpu] ?? [];
  if (!memory.includes(memoryMiB)) {
    throw new SettingsError(
      `memoryMiB: Fargate has no ${memoryMiB} MiB with cpu ${cpu}; choose ${anyOf(memory)}`,
    );
  }
  if (minTasks > maxTasks) {
    throw new SettingsError(
      `minTasks: ${minTasks} is above maxTasks ${maxTasks}; lower one or raise the other`,
    );
  }
  if (domainName && !hostedZoneId) {
    throw new SettingsError(
      `domainName: "${domainName}" needs hostedZoneId, the Route 53 zone it is in, for its certificate`,
    );
  }
  if (hostedZoneId && !domainName) {
    throw new SettingsError(
      `hostedZoneId: "${hostedZoneId}" has no use without domainName, the name to serve under`,
    );
  }
}
