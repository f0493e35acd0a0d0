import type { Express } from 'express';
import { createdAt } from '../history/record-name';
import { FOREVER } from '../http/replay';
import { prefers } from '../http/representation';
import { resource } from '../http/resource';

/** This container's own file. */
export function file(app: Express, own: string): void {
  const answer = { file: own, createdAt: createdAt(own).toISOString() };
  resource(app, '/file', {
    replay: FOREVER,
    get: (request, response) => {
      if (prefers(request, response, 'text/plain')) response.type('text/plain').send(`${own}\n`);
      else response.json(answer);
    },
  });
}
