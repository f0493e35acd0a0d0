import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { inTurn } from './in-turn';
import { PROBLEM_TYPE, Problem } from './problem';
import { securityHeaders } from './security-headers';

/**
 * Longer than the load balancer keeps an idle connection (60 s), in milliseconds: it must be the side that closes, or it
 * sends a request on a connection that has just been closed (AWS: "Troubleshoot your Application Load Balancers", 502).
 */
const KEEP_ALIVE = 65_000;

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
const NO_PROXY = new Problem(405, 'This is not a proxy.', { Allow: 'GET, HEAD, POST, OPTIONS' });

/** An HTTP server that answers with problem documents also what Node.js refuses by itself. */
export function createHttpServer(api: RequestListener): Server {
  // Left to the API, which answers in full: a missing Host, and an Expect other than 100-continue.
  const answer = inTurn((request, response) => {
    request.url = pathOf(request.url as string);
    api(request, response);
  });
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE, requireHostHeader: false }, answer);
  server.on('checkExpectation', answer);
  server.on('connect', (_request, socket) => refuse(socket, NO_PROXY));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuse(socket, PARSER_ERRORS[error.code ?? ''] ?? MALFORMED),
  );
  return server;
}

/** Of a proxy's `http://host/path`, which servers have to take too (RFC 9112, section 3.2.2), the path; else `*`. */
function pathOf(url: string): string {
  if (url.startsWith('/')) return url;
  const [, path] = /^https?:\/\/[^/?]+(.*)/i.exec(url) ?? [];
  return path !== undefined && URL.canParse(url) ? path.replace(/^(?!\/)/, '/') : '*';
}

/** Answers on the bare connection, and closes it: what follows on it cannot be understood. */
function refuse(socket: Duplex, problem: Problem): void {
  const { _httpMessage: begun } = socket as { _httpMessage?: ServerResponse | null };
  // Only while a request's body is being read can the fault be in that request; else it is in what follows it.
  const other = begun && (begun.headersSent || begun.req.complete);
  if (!(socket instanceof Socket) || !socket.writable || other) return void socket.destroy();
  const response = begun ?? new ServerResponse(new IncomingMessage(socket));
  response.shouldKeepAlive = false;
  if (!begun) response.assignSocket(socket);
  response.once('finish', () => socket.destroySoon());
  securityHeaders(response.req, response, () => {
    const body = JSON.stringify(problem.toDetails());
    const headers = { 'Content-Type': PROBLEM_TYPE, 'Content-Length': Buffer.byteLength(body) };
    response.writeHead(problem.status, { ...problem.headers, ...headers });
    response.end(body);
  });
}
