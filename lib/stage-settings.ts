import { z } from 'zod';
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

// cpu → memory in MiB. AWS, "Task size" of the Fargate task definition parameters.
const fargateMemory: Record<number, readonly number[]> = {
  256: [512, 1024, 2048],
  512: gibibytes(1, 4, 1),
  1024: gibibytes(2, 8, 1),
  2048: gibibytes(4, 16, 1),
  4096: gibibytes(8, 30, 1),
  8192: gibibytes(16, 60, 4),
  16384: gibibytes(32, 120, 8),
};

// The retention periods that CloudWatch Logs has: PutRetentionPolicy in its API reference.
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

// The command line (`-c minTasks=4`) knows strings only.
const wholeNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const positive = wholeNumber.refine((value) => value >= 1);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);

const schema = {
  availabilityZones: wholeNumber.refine((value) => value >= 2 && value <= 3),
  egress: z.enum(['none', 'nat']),
  cpu: wholeNumber.refine((value) => value in fargateMemory),
  memoryMiB: positive,
  minTasks: positive,
  maxTasks: positive,
  logRetentionDays: wholeNumber.refine((value) => retentionDays.includes(value)),
  retainHistory: flag,
  deletionProtection: flag,
  firewall: flag,
  accessLogs: flag,
  containerInsights: flag,
  customerManagedKey: flag,
  domainName: z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/),
  hostedZoneId: z.string().regex(/^Z[A-Z0-9]+$/),
  alarmEmail: z.email(),
} satisfies Record<keyof StageSettings, z.ZodType>;

const allowed: Record<keyof StageSettings, string> = {
  availabilityZones: '2 or 3',
  egress: 'none or nat',
  cpu: Object.keys(fargateMemory).join(', '),
  memoryMiB: 'a whole number of MiB',
  minTasks: 'a whole number from 1',
  maxTasks: 'a whole number from 1',
  logRetentionDays: retentionDays.join(', '),
  retainHistory: 'true or false',
  deletionProtection: 'true or false',
  firewall: 'true or false',
  accessLogs: 'true or false',
  containerInsights: 'true or false',
  customerManagedKey: 'true or false',
  domainName: 'a host name in lower case, such as keepsake.example.com',
  hostedZoneId: 'the id of a Route 53 hosted zone, such as Z0123456789ABC',
  alarmEmail: 'an e-mail address',
};

/**
 * The settings of a stage, with any of them replaced by a value from the command line.
 *
 * Throws SettingsError for a stage, a key or a value that does not exist, and for values that do not go together.
 */
export function stageSettings(stage: string, overrides: Record<string, unknown> = {}): StageSettings {
  const defaults = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (!defaults)
    throw new SettingsError(`stage: "${stage}" does not exist; choose ${list(Object.keys(stages))}`);
  const replaced = Object.entries(overrides).map(([key, value]) => [key, parse(key, value)]);
  const settings: StageSettings = { ...defaults, ...Object.fromEntries(replaced) };
  refuseContradictions(settings);
  return settings;
}

function parse(key: string, value: unknown): unknown {
  if (!isSetting(key))
    throw new SettingsError(`${key}: there is no such setting; choose ${list(Object.keys(schema))}`);
  const parsed = schema[key].safeParse(value);
  if (!parsed.success) throw new SettingsError(`${key}: ${JSON.stringify(value)} is not ${allowed[key]}`);
  return parsed.data;
}

function isSetting(key: string): key is keyof StageSettings {
  return Object.hasOwn(schema, key);
}

function refuseContradictions(settings: StageSettings): void {
  const { cpu, memoryMiB, minTasks, maxTasks, domainName, hostedZoneId } = settings;
  const memory = fargateMemory[cpu] ?? [];
  if (!memory.includes(memoryMiB)) {
    throw new SettingsError(
      `memoryMiB: Fargate has no ${memoryMiB} MiB with cpu ${cpu}; choose ${list(memory)}`,
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

function list(values: readonly (string | number)[]): string {
  return values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function gibibytes(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024);
}
