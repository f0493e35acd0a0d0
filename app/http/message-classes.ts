import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';

/**
 * On a connection, while an answer is under way. Not longer: what an old object refers to survives each garbage collection
 * of young ones, which took a third of a small answer's time.
 */
const UNDER_WAY = Symbol('answer under way');
type Connection = Socket & { [UNDER_WAY]?: ServerResponse | undefined };

/** The answer that the connection is busy with. */
export const answerUnderWay = (socket: Connection): ServerResponse | undefined => socket[UNDER_WAY];

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
  class Response extends ServerResponse {
    override assignSocket(socket: Connection): void {
      super.assignSocket(socket);
      socket[UNDER_WAY] = this;
    }

    override detachSocket(socket: Connection): void {
      super.detachSocket(socket);
      socket[UNDER_WAY] = undefined;
    }
  }
  Object.setPrototypeOf(Request.prototype, app.request);
  Object.setPrototypeOf(Response.prototype, app.response);
  app.request = Request.prototype as typeof app.request;
  app.response = Response.prototype as typeof app.response;
  return { IncomingMessage: Request, ServerResponse: Response };
}
