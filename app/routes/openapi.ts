import type { Express } from 'express';
import { FOREVER } from '../http/replay';
import { resource } from '../http/resource';
import { openApiDocument } from '../openapi/document';

/** The contract itself. */
export function openApi(app: Express): void {
  resource(app, '/openapi.json', {
    replay: FOREVER,
    // Made when somebody asks for it, not at the start of every container.
    get: (_request, response) => void response.json(openApiDocument()),
  });
}
