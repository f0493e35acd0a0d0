import type { Express } from 'express';
import { resource } from '../http/resource';

/** The contract itself. */
export function openApi(app: Express, document: object): void {
  resource(app, '/openapi.json', { get: (_request, response) => void response.json(document) });
}
