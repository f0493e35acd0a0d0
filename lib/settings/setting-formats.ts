import { z } from 'zod';
import { fargateMemory } from './fargate-sizes';

/** What a setting may be: a schema, which turns the command line's text into the setting's type, and the same in words. */
export interface SettingFormat {
  readonly schema: z.ZodType;
  readonly allowed: string;
}

// The retention periods that CloudWatch Logs has: PutRetentionPolicy in its API reference.
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const flag: SettingFormat = {
  schema: z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]),
  allowed: 'true or false',
};

export const positive: SettingFormat = {
  schema: wholeNumber((value) => value >= 1),
  allowed: 'a whole number from 1',
};

export const zones = numberOf([2, 3]);
export const cpu = numberOf(Object.keys(fargateMemory).map(Number));
export const retention = numberOf(retentionDays);

export const egress: SettingFormat = { schema: z.enum(['none', 'nat']), allowed: 'none or nat' };

export const hostName: SettingFormat = {
  schema: z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/),
  allowed: 'a host name in lower case, such as keepsake.example.com',
};

export const hostedZone: SettingFormat = {
  schema: z.string().regex(/^Z[A-Z0-9]+$/),
  allowed: 'the id of a Route 53 hosted zone, such as Z0123456789ABC',
};

export const email: SettingFormat = { schema: z.email(), allowed: 'an e-mail address' };

/** `a, b or c` */
export function anyOf(values: readonly (string | number)[]): string {
  return values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function numberOf(values: readonly number[]): SettingFormat {
  return { schema: wholeNumber((value) => values.includes(value)), allowed: anyOf(values) };
}

function wholeNumber(holds: (value: number) => boolean): z.ZodType {
  const fromText = z.string().regex(/^\d+$/).transform(Number);
  return z.union([z.number(), fromText]).refine(holds);
}
