import express, { type Express } from 'express';
import { checkMessage } from './http/message-checks';
import { answerProblems, notFound } from './http/problem';
import { type Container, type Route, serve } from './http/route';
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

  app.use(checkMessage);
  app.use((_request, response, next) => {
    if (container.state.draining) response.shouldKeepAlive = false;
    next();
  });
  for (const route of ROUTES) serve(app, route, container);
  app.use(notFound);
  app.use(answerProblems(container.log, container.page.sheet));
  return app;
}
