import { z } from 'zod';
import { anyOf } from '../support/any-of';
import { didYouMean } from '../support/did-you-mean';
import { ContextError } from './context-error';

/**
 * The settings that a schema finds in values of the CDK's context.
 *
 * Throws ContextError for the first that is unknown, missing or malformed, with what is allowed instead.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  given: Record<string, unknown>,
): z.output<z.ZodObject<Shape>> {
  const { data, error } = schema.safeParse(given);
  const [issue] = error?.issues ?? [];
  if (!issue) return data as z.output<z.ZodObject<Shape>>;
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const keys = Object.keys(schema.shape);
    throw new ContextError(`${key}: there is no such setting; choose ${anyOf(keys)}${didYouMean(key, keys)}`);
  }
  const key = String(issue.path[0]);
  const optional: unknown = schema.shape[key];
  const field = optional instanceof z.ZodOptional ? optional.unwrap() : optional;
  const allowed = field instanceof z.ZodType ? field.description : '';
  if (given[key] === undefined) throw new ContextError(`${key}: missing; give -c ${key}=…, ${allowed}`);
  const words = field instanceof z.ZodEnum ? field.options.map(String) : [];
  const suggestion = didYouMean(String(given[key]), words);
  throw new ContextError(`${key}: ${JSON.stringify(given[key])} is not ${allowed}${suggestion}`);
}
