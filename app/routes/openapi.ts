import * as z from 'zod';
import { JSON_HEADERS } from '../http/answer';
import { Compressible } from '../http/compressible';
import { get, type Route } from '../http/route';
import { later } from '../later';
import { openApiDocument } from '../openapi/document';

/** The contract itself. */
export const openApi: Route = {
  path: '/openapi.json',
  tag: 'Operation',
  link: 'openapi',
  get: get({
    operationId: 'getOpenApi',
    summary: 'This document.',
    content: later(() => ({
      'application/json': z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApi' }),
    })),
    handler({ routes }) {
      let document: Compressible | undefined;
      return (_input, request) => {
        // Made when somebody asks for it, not at the start of every container.
        document ??= render(routes);
        return document.answer(request);
      };
    },
  }),
};

function render(routes: readonly Route[]): Compressible {
  const body = Buffer.from(JSON.stringify(openApiDocument(routes)));
  return new Compressible(body, [...JSON_HEADERS, 'Vary', 'Accept-Encoding'], { quality: 5 });
}
