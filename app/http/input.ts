import type { Request } from 'express';
import * as z from 'zod';
import { isStreamSafe, LONGEST_RUN } from '../text/stream-safe';
import { Problem } from './problem';

/** The schemas of what requests carry. The OpenAPI document is made from the same ones, so it cannot say otherwise. */

export function wholeNumber(minimum: number, maximum: number) {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  const read = (text: unknown) =>
    typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return z.preprocess(read, z.int(error).min(minimum, error).max(maximum, error));
}

export const flag = () =>
  z.preprocess(
    (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
    z.boolean('must be true or false'),
  );

export function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, `must be one of ${values.join(', ')}`);
}

/** What text is refused for that `isStreamSafe` does not pass: normalizing it would take seconds. */
export const UNSAFE = `must not have more than ${LONGEST_RUN} combining marks in a row`;

/** Counts code points, as JSON Schema's `maxLength` does, not UTF-16 code units. */
export function text(maximum: number) {
  const error = `must be text of 1 to ${maximum} characters`;
  return z
    .string(error)
    .refine((value) => value.isWellFormed(), { error: 'must not hold half of a surrogate pair', abort: true })
    .refine((value) => value.length > 0 && value.length <= 2 * maximum && [...value].length <= maximum, {
      error,
      abort: true,
    })
    .refine(isStreamSafe, UNSAFE)
    .meta({ minLength: 1, maxLength: maximum });
}

/**
 * The request's query parameters as the schema describes them; others are ignored.
 * @throws Problem 400 that names the parameter and what is allowed.
 */
export function readQuery<S extends z.ZodObject>(request: Request, schema: S): z.output<S> {
  const [, query] = cut(request.originalUrl, '?');
  const input: Record<string, string> = {};
  for (const pair of query.split('&')) {
    const [key, value] = cut(pair, '=');
    const name = nameOf(key);
    if (!Object.hasOwn(schema.shape, name)) continue;
    if (Object.hasOwn(input, name)) throw new Problem(400, `Query parameter ${name} must be given once.`);
    const decoded = decode(value);
    if (decoded === undefined)
      throw new Problem(400, `Query parameter ${name} must be percent-encoded UTF-8.`);
    input[name] = decoded;
  }
  return parse(schema, input, 'Query parameter');
}

/**
 * The request's JSON object as the schema describes it; other members are ignored. Needs `withBody` before it.
 * @throws Problem 400 that names the member and what is allowed.
 */
export function readBody<S extends z.ZodObject>(request: Request, schema: S): z.output<S> {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body));
  } catch {
    throw new Problem(400, 'The body must be JSON in UTF-8 (RFC 8259).');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Problem(400, `The body must be a JSON object with ${Object.keys(schema.shape).join(', ')}.`);
  }
  return parse(schema, body, 'Member');
}

/** What is before and what is behind the first separator. */
function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The names of parameters are ASCII. Not decoded as UTF-8: the errors of four thousand keys that are none took 30 ms. */
const nameOf = (key: string): string =>
  !key.includes('%')
    ? key
    : key.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** `undefined` for what is not percent-encoded UTF-8. A plus is a space, as HTML forms have it. */
function decode(encoded: string): string | undefined {
  if (!/[%+]/.test(encoded)) return encoded;
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function parse<S extends z.ZodObject>(schema: S, input: object, what: string): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Problem(400, `${what} ${issue?.path.join('.')} ${issue?.message}.`);
}
