import type { Express, Response } from 'express';
import { version } from '../../package.json';
import { FOREVER } from '../http/replay';
import { prefers } from '../http/representation';
import { resource } from '../http/resource';
import type { WebFile, WebPage } from '../web-page';

const WELCOME = {
  message: 'Hello World',
  service: 'keepsake',
  version,
  links: {
    file: '/file',
    files: '/files',
    palindrome: '/palindrome',
    sentence: '/sentence',
    randomString: '/random-string',
    health: '/healthz',
    readiness: '/readyz',
    openapi: '/openapi.json',
  },
};

/** The web page for browsers, with its files; a welcome for everything else. */
export function home(app: Express, page: WebPage): void {
  resource(app, '/', {
    replay: FOREVER,
    get: (request, response) => {
      if (prefers(request, response, 'text/html')) sendFile(response, page['index.html']);
      else response.json(WELCOME);
    },
  });
  for (const name of ['page.css', 'page.js', 'icon.svg'] as const) {
    resource(app, `/${name}`, { get: (_request, response) => sendFile(response, page[name]) });
  }
}

/** Browsers ask each time whether it is still the same: during a rollout, two versions answer under one name. */
function sendFile(response: Response, { type, body, etag }: WebFile): void {
  response.set({ 'Cache-Control': 'no-cache', ETag: etag });
  response.type(type).send(body); // or 304, when that is what the request has (If-None-Match)
}
