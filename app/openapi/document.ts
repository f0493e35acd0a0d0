import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { version } from '../../package.json';
import { PROBLEM_TYPE } from '../http/problem';
import type { Operation, Route } from '../http/route';
import { later } from '../later';

const TAGS = {
  Page: 'The web page, and the welcome for other clients.',
  Files: 'The files that containers left.',
  Text: 'Tools for text.',
  Operation: 'For load balancers, operators and tools.',
} satisfies Record<Route['tag'], string>;

const ProblemDetails = later(() =>
  z
    .object({
      type: z.literal('about:blank'),
      title: z.string(),
      status: z.int().min(400).max(599),
      detail: z.string().describe('What is wrong and what is allowed.'),
      instance: z.string().meta({ format: 'uri', description: 'This occurrence, as the log names it.' }),
    })
    .meta({ id: 'Problem' }),
);

/** The problems that follow from the protocol and from the input. */
const MALFORMED_REQUEST = { 400: 'The request is not what HTTP/1.1 or the path allow; the detail says why.' };
const MALFORMED_INPUT = { 400: 'A parameter or member is missing or malformed; the detail names it.' };
const MALFORMED_BODY = {
  ...MALFORMED_INPUT,
  413: 'The body exceeds 64 KiB.',
  415: 'The body is not sent as application/json.',
};

/** The contract as OpenAPI 3.1, made from the routes: what requests may carry comes from the very schemas that validate them. */
export const openApiDocument = (routes: readonly Route[]) =>
  createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Keepsake',
        version,
        description: 'The files that containers leave behind, and tools for text.',
        contact: { name: 'The developers of Keepsake' },
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'The API that serves this document.' }],
      security: [],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: Object.fromEntries(
        routes.map(({ path, tag, parameters, get, post }) => [
          path,
          {
            get: {
              ...described(tag, get, get.input ? MALFORMED_INPUT : MALFORMED_REQUEST),
              requestParams: {
                ...(parameters && { path: parameters() }),
                ...(get.input && { query: get.input() }),
              },
            },
            ...(post && {
              post: {
                ...described(tag, post, MALFORMED_BODY),
                requestBody: {
                  required: true,
                  content: { 'application/json': { schema: post.input?.() } },
                },
              },
            }),
          },
        ]),
      ),
    },
    { override: withDefault },
  );

/** zod leaves the default out where a query's text is read as a number or a flag. */
const withDefault: ZodOpenApiOverride = ({ jsonSchema, zodSchema }) => {
  const { def } = zodSchema._zod;
  if (def.type === 'default') jsonSchema.default = (def as z.core.$ZodDefaultDef).defaultValue;
};

function described(
  tag: string,
  { operationId, summary, content, headers, tagged, problems }: Operation,
  expected: Record<number, string>,
): ZodOpenApiOperationObject {
  const problem = (description: string): ZodOpenApiResponseObject => ({
    description,
    content: { [PROBLEM_TYPE]: { schema: ProblemDetails() }, 'text/html': { schema: z.string() } },
  });
  return {
    operationId,
    summary,
    description: summary,
    tags: [tag],
    responses: {
      200: {
        description: 'As asked for.',
        ...(headers && { headers: headers() }),
        content: Object.fromEntries(Object.entries(content()).map(([type, schema]) => [type, { schema }])),
      },
      ...(tagged && { 304: { description: 'It is what If-None-Match names.' } }),
      ...Object.fromEntries(
        Object.entries({ ...expected, ...problems }).map(([status, text]) => [status, problem(text)]),
      ),
      default: problem('Any other problem.'),
    },
  };
}
