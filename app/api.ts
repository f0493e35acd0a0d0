import express, { type Express, type RequestHandler } from 'express';
import { send } from './http/answer';
import { faultOf, METHODS } from './http/message-checks';
import { answerProblems, notFound } from './http/problem';
import { allows, answering, type Container, type Route } from './http/route';
import { icon, script, style } from './routes/assets';
import { file } from './routes/file';
import { fileText } from './routes/file-text';
import { files } from './routes/files';
import { health } from './routes/health';
import { home } from './routes/home';
import { openApi } from './routes/openapi';
import { palindrome } from './routes/palindrome';
import { randomString } from './routes/random-string';
import { readiness } from './routes/readiness';
import { sentence } from './routes/sentence';

/** Every route, in the order of the documents. What is said of them elsewhere follows from this list. */
export const ROUTES: readonly Route[] = [
  home,
  file,
  files,
  fileText,
  palindrome,
  sentence,
  randomString,
  health,
  readiness,
  openApi,
  style,
  script,
  icon,
];

/** The HTTP API and its web page. */
export function createApi(dependencies: Omit<Container, 'routes'>): Express {
  const container = { ...dependencies, routes: ROUTES };
  const app = express();
  app.disable('x-powered-by');
  app.enable('strict routing');
  app.enable('case sensitive routing');

  // Not routes of Express, which tries one pattern after another: up to a tenth of a small answer's CPU time.
  const exact = new Map<string, RequestHandler>([['*', (_, response) => send(response, allows(METHODS))]]);
  app.use((request, response, next) => {
    const fault = faultOf(request);
    if (fault) throw fault;
    if (container.state.draining) response.shouldKeepAlive = false;
    const handler = exact.get(request.path);
    return handler ? handler(request, response, next) : next();
  });
  for (const route of ROUTES) {
    const handler = answering(route, container);
    // Not `app.all`, which compiles the pattern again for each of Node.js's 35 methods, at every start.
    if (route.parameters) app.route(route.path.replace(/\{(\w+)\}/g, ':$1')).all(handler);
    else exact.set(route.path, handler);
  }
  app.use(notFound);
  app.use(answerProblems(container.log, container.page.sheet));
  return app;
}
