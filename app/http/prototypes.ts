import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * The classes with which Node.js makes each request and response with the prototype that Express wants.
 *
 * Express 5 calls `Object.setPrototypeOf(request, app.request)` for every request, and the same for the response
 * (`handle` in lib/application.js). On an object with another prototype that makes V8 forget the object's shape, which on Node.js 20
 * costs four fifths of the requests a second; on one that has the prototype already it does nothing. `http.createServer` takes the
 * classes (options `IncomingMessage` and `ServerResponse`).
 */
export function messageClasses(app: Express) {
  class Request extends IncomingMessage {}
  class Response extends ServerResponse {}
  Object.setPrototypeOf(Request.prototype, app.request);
  Object.setPrototypeOf(Response.prototype, app.response);
  app.request = Request.prototype as typeof app.request;
  app.response = Response.prototype as typeof app.response;
  return { IncomingMessage: Request, ServerResponse: Response };
}
