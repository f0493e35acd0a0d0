import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { HistoryOverloadedError, HistoryUnavailableError } from '../history/errors';
import { type Answer, bodyOf, html, NO_STORE, reasonOf, send } from './answer';
import { prefers } from './representation';
import { type Trace, traceOf } from './trace';

/** Problem details for HTTP APIs (RFC 9457). */
export interface ProblemDetails {
  type: 'about:blank';
  title: string;
  status: number;
  /** What is wrong and what is allowed, for a person. */
  detail: string;
  /** Identifies this occurrence, also in the log. */
  instance: string;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** What a problem document is made of. */
type Refusal = Pick<Problem, 'status' | 'message' | 'headers'>;

/** Thrown by a handler to answer with a problem document. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

export function problemDocument({ status, message: detail, headers }: Refusal, { instance }: Trace): Answer {
  const details: ProblemDetails = { type: 'about:blank', title: reasonOf(status), status, detail, instance };
  const all = [...NO_STORE, ...Object.entries(headers).flat(), 'Content-Type', PROBLEM_CONTENT];
  return { status, headers: all, body: bodyOf(JSON.stringify(details)) };
}

/** What a page says instead of the detail, which is for those who write clients: a title and a text, by status. */
const FOR_PEOPLE: Record<number, [title: string, text: string]> = {
  404: ['There is nothing here', 'Either the address is mistyped, or the history does not have this file.'],
  503: ['The history cannot be reached', 'It is not lost. Please try again in a moment.'],
};

const PROBLEM_CONTENT = `${PROBLEM_TYPE}; charset=utf-8`;

/** When a client may try again after the history was unavailable or overloaded, in seconds. */
const RETRY_AFTER = '2';

/** The last handler: no route has answered. */
export const notFound: RequestHandler = () => {
  throw new Problem(404, 'There is nothing at this path. GET / lists what there is.');
};

/**
 * Answers whatever a handler threw with a problem document, or a browser with a page, and logs what is not the client's doing.
 * @param sheet makes the page of a title and a text.
 */
export function answerProblems(
  log: Logger,
  sheet: (title: string, text: string) => string,
): ErrorRequestHandler {
  return (error, request, response, _next) => {
    // The client went away: there is nobody to answer, and nothing to mend.
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    const problem = asProblem(error);
    const trace = traceOf(request);
    const { method, originalUrl: url } = request;
    const line = { ...trace, method, url, err: error };
    if (error instanceof HistoryUnavailableError) {
      log.error({ event: 'history_unavailable', ...line }, error.message);
    } else if (error instanceof HistoryOverloadedError) {
      log.warn({ event: 'overloaded', ...line }, error.message);
    } else if (problem.status >= 500) {
      log.error({ event: 'request_failed', ...line }, 'A request failed.');
    }
    // A listing that breaks off half-way must not look complete to its reader.
    if (response.headersSent) return void response.destroy();
    const answer = problemDocument(problem, trace);
    if (!prefers(request, 'text/html')) return send(response, answer);
    const { status, message } = problem;
    const [title, text] = FOR_PEOPLE[status] ?? [reasonOf(status), message];
    const more = Object.entries(problem.headers).flat();
    send(response, { ...html(sheet(title, text), ...more), status });
  };
}

function asProblem(error: unknown): Refusal {
  if (error instanceof Problem) return error;
  if (error instanceof HistoryUnavailableError || error instanceof HistoryOverloadedError)
    return { status: 503, message: error.message, headers: { 'Retry-After': RETRY_AFTER } };
  // From the router, about a path parameter.
  if (error instanceof URIError) return new Problem(400, 'The URL must be percent-encoded UTF-8 (RFC 3986).');
  return new Problem(500, 'Something went wrong here; it has been logged.');
}
