import * as z from 'zod';
import { PROBLEM_TYPE } from '../http/problem';
import { ref, type Schema } from './schemas';

interface Operation {
  summary: string;
  /** The schema that validates the query; the documented parameters are made from it. */
  query?: z.ZodObject;
  /** The name of a path parameter, and its schema. */
  path?: Record<string, Schema>;
  /** The schema that validates the body. */
  body?: z.ZodObject;
  /** The content of the answer with status 200, by media type. */
  ok: Record<string, Schema>;
  headers?: Record<string, Schema>;
  /** Whether a client that has it already is answered with status 304. */
  cached?: boolean;
  /** What else may be answered, by status: always a problem document. */
  problems?: Record<number, string>;
}

/** One OpenAPI operation object. */
export function operation({
  summary,
  query,
  path = {},
  body,
  ok,
  headers,
  cached,
  problems = {},
}: Operation): Schema {
  const parameters = [
    ...Object.entries(path).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: !schema.safeParse(undefined).success,
      schema: jsonSchema(schema, 'output'),
    })),
  ];
  const media = (content: Record<string, Schema>) =>
    Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]));
  const problem = (description: string) => ({
    description,
    content: media({ [PROBLEM_TYPE]: ref('Problem') }),
  });

  return {
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: media({ 'application/json': jsonSchema(body, 'input') }) },
    }),
    responses: {
      200: { description: 'As asked for.', content: media(ok), ...(headers && { headers }) },
      ...(cached && { 304: { description: 'It is what If-None-Match names.' } }),
      ...Object.fromEntries(Object.entries(problems).map(([status, text]) => [status, problem(text)])),
      default: problem('Any other problem.'),
    },
  };
}

function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Schema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
