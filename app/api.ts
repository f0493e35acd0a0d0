import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { History } from './history/history';
import { answerProblems, notFound } from './http/problem';
import { securityHeaders } from './http/security-headers';
import { understandable } from './http/understandable';
import { file } from './routes/file';
import { files } from './routes/files';
import { type Draining, health } from './routes/health';
import { home } from './routes/home';
import { openApi } from './routes/openapi';
import { palindrome } from './routes/palindrome';
import { randomStrings } from './routes/random-string';
import { sentence } from './routes/sentence';
import type { WebPage } from './web-page';

export interface ApiDependencies {
  /** The name of this container's own file. */
  own: string;
  history: History;
  page: WebPage;
  state: Draining;
  log: Logger;
}

/** The HTTP API and its web page. */
export function createApi({ own, history, page, state, log }: ApiDependencies): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // Hashing every answer costs more than sending these small ones again.
  app.enable('strict routing');
  app.enable('case sensitive routing');

  // First, so that refusals carry them too.
  app.use(securityHeaders);
  app.use((_request, response, next) => {
    // Each container answers differently: what is between it and the client must not answer for it.
    response.set('Cache-Control', 'no-store');
    if (state.draining) response.set('Connection', 'close');
    next();
  });
  app.use(understandable);

  home(app, page);
  file(app, own);
  files(app, history);
  palindrome(app);
  sentence(app);
  randomStrings(app);
  health(app, history, state);
  openApi(app);

  app.use(notFound);
  app.use(answerProblems(log));
  return app;
}
