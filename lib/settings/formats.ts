import { z } from 'zod';
import { anyOf } from '../support/any-of';

// What a setting may be. The CDK's context has text from the command line, and JSON from cdk.json. The description
// completes the message that refuses a value: `"x" is not …`.

export const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
  .describe('true or false');

export const positive = wholeNumber((value) => value >= 1).describe('a whole number from 1');

export const numberOf = (values: readonly number[]) =>
  wholeNumber((value) => values.includes(value)).describe(anyOf(values));

export const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values).describe(anyOf(values));

export const text = (pattern: RegExp, description: string) => z.string().regex(pattern).describe(description);

function wholeNumber(holds: (value: number) => boolean) {
  const fromText = z.string().regex(/^\d+$/).transform(Number);
  return z.union([z.number(), fromText]).refine(holds);
}
