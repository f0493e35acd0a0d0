import { ROUTES } from '../app/api';
import { type Example, examplesOf } from '../app/openapi/examples';

/** One request of the load, and the statuses that the contract allows for its answer. */
export interface Route extends Pick<Example, 'method' | 'path' | 'headers' | 'body'> {
  /** Its operation in the OpenAPI document. */
  readonly name: string;
  readonly expected: readonly number[];
}

/** A request for each operation and media type of the API, with the name of one file for those that take one. */
export const routes = (file: string): Route[] =>
  ROUTES.flatMap((route) => examplesOf(route, file)).map(({ operationId: name, ...request }) => ({
    ...request,
    name,
    // A replica that drains says so there, and goes on answering everything else.
    expected: request.path === '/readyz' ? [200, 503] : [200],
  }));

/** The same requests, where those that read the history may be answered that it is unavailable. */
export const withoutHistory = (all: readonly Route[]): Route[] =>
  all.map((route) => (/^\/(files|readyz)/.test(route.path) ? { ...route, expected: [200, 503] } : route));
