import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type * as z from 'zod';
import type { History } from '../history/history';
import type { Place } from '../task-metadata';
import type { WebPage } from '../web-page';
import { type Answer, send } from './answer';
import { withBody } from './body';
import { readBody, readQuery } from './input';
import { METHODS } from './message-checks';
import { Problem } from './problem';

/** What the handlers of one container answer from. */
export interface Container {
  /** The name of this container's own file. */
  own: string;
  /** When it started. */
  since: Date;
  place: Place;
  history: History;
  page: WebPage;
  state: {
    /** Set when the container has been told to stop. */
    readonly draining: boolean;
  };
  log: Logger;
  /** All that the API has, for those that tell about it. */
  routes: readonly Route[];
}

/**
 * One path of the API, with all that there is to say about it: the OpenAPI document and every list of routes follow from it.
 * Its schemas are functions (`later`): made at load, they took an eighth of the start.
 */
export interface Route {
  /** As in OpenAPI: a parameter stands in braces. */
  path: string;
  tag: 'Page' | 'Files' | 'Text' | 'Operation';
  /** Its name among the links of the welcome; `false` for what no client looks for there. */
  link: string | false;
  /** The parameters in the path. */
  parameters?: () => z.ZodObject;
  get: Operation;
  post?: Operation;
}

interface OperationOf<Input extends z.ZodObject> {
  /** Its name in the OpenAPI document, and so in generated clients. */
  operationId: string;
  summary: string;
  /** What the query of a GET or the JSON object of a POST may carry. Others than these are ignored. */
  input?: () => Input;
  /** A valid input, for the document and for those who try each route: smoke test, rehearsal, tests. */
  example?: z.input<Input>;
  /** The content of an answer with status 200, by media type. */
  content: () => Record<string, z.ZodType>;
  /** Headers of such an answer that depend on the request. */
  headers?: () => z.ZodObject;
  /** Whether a client that has it already is answered with status 304. */
  tagged?: boolean;
  /** What else it may answer, by status: problem documents. The statuses that follow from the input go without saying. */
  problems?: Record<number, string>;
  /** Called once for a container. @returns what answers each request. */
  handler(container: Container): (input: z.output<Input>, request: Request) => Answer | Promise<Answer>;
}

export type Operation = Omit<OperationOf<z.ZodObject>, 'example' | 'handler'> & {
  example?: Record<string, unknown>;
  handler(container: Container): (request: Request) => Answer | Promise<Answer>;
};

type Handler = (request: Request, response: Response) => Answer | Promise<Answer>;

/** The problem of every operation that reads the history. */
export const HISTORY_UNAVAILABLE = {
  503: 'The history is unavailable, or too much is asked of it at once: Retry-After says when to try again.',
};

/** An operation whose input is the query. */
export const get = <Input extends z.ZodObject>(operation: OperationOf<Input>): Operation =>
  reading(operation, readQuery);

/** An operation whose input is a JSON body. */
export const post = <Input extends z.ZodObject>(operation: OperationOf<Input>): Operation =>
  reading(operation, readBody);

function reading<Input extends z.ZodObject>(
  operation: OperationOf<Input>,
  read: (request: Request, schema: Input) => z.output<Input>,
): Operation {
  const { input, handler } = operation;
  return {
    ...(operation as Omit<OperationOf<z.ZodObject>, 'handler'>),
    handler(container) {
      const handle = handler(container);
      return (request) => handle(input ? read(request, input()) : ({} as z.output<Input>), request);
    },
  };
}

/** Answers a route's requests; methods that it does not have are refused with 405, and OPTIONS lists those that it has (RFC 9110). */
export function answering({ get, post }: Route, container: Container): RequestHandler {
  const allow = post ? METHODS : 'GET, HEAD, OPTIONS';
  const answerGet = get.handler(container);
  const answerPost = post?.handler(container);
  const handlers: Record<string, Handler | undefined> = {
    GET: answerGet,
    HEAD: answerGet,
    POST: answerPost && (async (request, response) => answerPost(await withBody(request, response))),
    OPTIONS: () => allows(allow),
  };
  return (request, response) => {
    const handler = handlers[request.method];
    if (!handler) throw new Problem(405, `This takes ${allow}, but not ${request.method}.`, { Allow: allow });
    const answer = handler(request, response);
    return answer instanceof Promise ? answer.then((made) => send(response, made)) : send(response, answer);
  };
}

/** The answer to OPTIONS. */
export const allows = (methods: string): Answer => ({ status: 204, headers: ['Allow', methods] });
