import { createServer, type RequestListener, type Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import { connected } from '../turns';
import { send } from './answer';
import { inTurn } from './in-turn';
import { METHODS } from './message-checks';
import { answerUnderWay, messageClasses } from './message-classes';
import { Problem, problemDocument } from './problem';
import { traceOf } from './trace';

/**
 * Longer than the load balancer keeps an idle connection (60 s), in milliseconds: it must be the side that closes, or it
 * sends a request on a connection that has just been closed (AWS: "Troubleshoot your Application Load Balancers", 502).
 */
const KEEP_ALIVE = 65_000;
/**
 * How long the headers, a whole request, and looking for those that took longer may take, in milliseconds. Node.js gives a minute and
 * five, and half a request takes up to 165 KB of memory.
 */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5000 };

/** What the HTTP parser refuses before there is a request. */
const PARSER_ERRORS: Record<string, Problem> = {
  HPE_HEADER_OVERFLOW: new Problem(431, 'The request line and the headers must not exceed 16 KiB together.'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new Problem(413, 'The chunk extensions must not exceed 16 KiB.'),
  HPE_INVALID_URL: new Problem(
    400,
    'The URL must be a path in ASCII; other characters are percent-encoded as UTF-8.',
  ),
  HPE_INVALID_EOF_STATE: new Problem(400, 'The request ended before it was whole.'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'The request did not arrive in time.'),
};
const MALFORMED = new Problem(400, 'The request must be HTTP/1.1 (RFC 9112).');
const NO_PROXY = new Problem(405, 'This is not a proxy.', { Allow: METHODS });

/** The HTTP server of an Express app, which answers with problem documents also what Node.js refuses by itself. */
export function createHttpServer(app: Express): Server {
  const { IncomingMessage, ServerResponse } = messageClasses(app);
  const answer: RequestListener = inTurn((request, response) => {
    request.url = pathOf(request.url as string);
    // Node.js loses what came in one packet with it (llhttp pauses for another protocol), so the client must not wait for it.
    if (request.headers.upgrade) response.shouldKeepAlive = false;
    app(request, response);
  });

  const server = createServer(
    // A missing Host is left to the app, which answers it in full.
    { ...PATIENCE, keepAliveTimeout: KEEP_ALIVE, requireHostHeader: false, IncomingMessage, ServerResponse },
    answer,
  );
  // All of them: what is above Node.js's limit of 2,000 would be seen by others but not by the checks. 16 KiB is the limit.
  server.maxHeadersCount = 0;
  // A client that closes its side after its request gets its answer. Not documented (nodejs/node#36819).
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // Left to the app as well: an Expect other than 100-continue, and when to tell the client to go on.
  server.on('checkExpectation', answer);
  server.on('checkContinue', answer);
  server.on('connection', connected);
  server.on('connect', (_request, socket) => {
    // Node.js takes its own listener off here, and without one, a client that resets the connection ends the process.
    socket.on('error', () => socket.destroy());
    refuse(socket, NO_PROXY);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuse(socket, PARSER_ERRORS[error.code ?? ''] ?? MALFORMED),
  );

  /** Answers on the bare connection, and closes it: what follows on it cannot be understood. */
  function refuse(socket: Duplex, problem: Problem): void {
    if (!(socket instanceof Socket)) return void socket.destroy();
    const begun = answerUnderWay(socket);
    // Only while a request's body is being read can the fault be in that request; else it is in what follows it.
    const other = begun && (begun.headersSent || begun.req.complete);
    if (!socket.writable || other) return void socket.destroy();
    const response = begun ?? new ServerResponse(new IncomingMessage(socket));
    if (!begun) response.assignSocket(socket);
    response.shouldKeepAlive = false;
    response.once('finish', () => socket.destroySoon());
    send(response, problemDocument(problem, traceOf(response.req)));
  }
  return server;
}

/** The path, also of a proxy's `http://host/path`, which servers have to take too (RFC 9112, section 3.2.2). */
function pathOf(url: string): string {
  if (url.startsWith('/') || url === '*') return url;
  const [, path] = /^https?:\/\/[^/?]+(.*)/i.exec(url) ?? [];
  return path !== undefined && URL.canParse(url) ? path.replace(/^(?!\/)/, '/') : 'invalid';
}
