import type { Express, RequestHandler } from 'express';
import { Problem } from './problem';
import { replayFor } from './replay';

interface Methods {
  get: RequestHandler;
  post?: RequestHandler[];
  /** For how long an answer to GET may be replayed, in milliseconds. @default not at all */
  replay?: number;
}

/** Serves a path with the given methods; any other is refused with 405, and OPTIONS lists the ones there are (RFC 9110). */
export function resource(app: Express, path: string, { get, post, replay }: Methods): void {
  const allow = post ? 'GET, HEAD, POST, OPTIONS' : 'GET, HEAD, OPTIONS';
  const route = app.route(path);
  if (replay) {
    route.get((_request, response, next) => {
      replayFor(response, replay);
      next();
    });
  }
  route.get(get);
  if (post) route.post(...post);
  route.options((_request, response) => void response.status(204).set('Allow', allow).end());
  route.all((request) => {
    throw new Problem(405, `This takes ${allow}, but not ${request.method}.`, { Allow: allow });
  });
}
