import { type ServerResponse, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SECURITY_HEADERS } from './security-headers';

/** What goes out: a handler returns it, and `send` writes it. */
export interface Answer {
  status: number;
  /** Names and values in turn, without the ones that every answer has. */
  headers: readonly string[];
  /** None for 204 and 304. A string has a character for each byte (`bodyOf`). Chunks are sent as they come. */
  body?: string | Buffer | AsyncGenerator<Buffer> | undefined;
}

// Each container answers differently: what is between it and the client must not answer for it.
export const NO_STORE = ['Cache-Control', 'no-store'];
export const JSON_HEADERS = [...NO_STORE, 'Content-Type', 'application/json; charset=utf-8'];
/** Ends the connection after the answer. */
export const CLOSE = ['Connection', 'close'];
const TEXT_HEADERS = [...NO_STORE, 'Content-Type', 'text/plain; charset=utf-8'];
const HTML_HEADERS = [...NO_STORE, 'Content-Type', 'text/html; charset=utf-8'];
/** So many bytes fit into Node.js's own buffer for a write, which has 16 KiB, beside the headers. */
const SMALL = 12 * 1024;
/** How long a client may take nothing of an answer, in milliseconds. */
const PATIENCE = 10_000;
/** RFC 9110's name, which Node.js does not have for the status 413. */
const REASONS: typeof STATUS_CODES = { ...STATUS_CODES, 413: 'Content Too Large' };

/** An answer of JSON; with `more` headers, names and values in turn. */
export const json = (value: unknown, ...more: string[]): Answer => ({
  status: 200,
  headers: more.length > 0 ? [...JSON_HEADERS, ...more] : JSON_HEADERS,
  body: bodyOf(JSON.stringify(value)),
});

/** An answer of text; with `more` headers, names and values in turn. */
export const text = (body: string | Buffer | AsyncGenerator<Buffer>, ...more: string[]): Answer => ({
  status: 200,
  headers: more.length > 0 ? [...TEXT_HEADERS, ...more] : TEXT_HEADERS,
  body: isWhole(body) ? bodyOf(body) : body,
});

/** An answer of HTML; with `more` headers, names and values in turn. */
export const html = (body: string, ...more: string[]): Answer => ({
  status: 200,
  headers: [...HTML_HEADERS, ...more],
  body: bodyOf(body),
});

/**
 * A text or bytes as the body of an answer: few of them as a string that has a character for each byte (Latin-1), which Node.js
 * writes in one piece with the headers.
 */
export function bodyOf(body: string | Buffer): string | Buffer {
  // ASCII: its bytes are its characters.
  if (typeof body === 'string' && Buffer.byteLength(body) === body.length) return body;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return bytes.length > SMALL ? bytes : bytes.toString('latin1');
}

/** The reason phrase of a status, as RFC 9110 has it. */
export const reasonOf = (status: number): string => REASONS[status] ?? 'Error';

/**
 * Writes an answer, every answer. All headers go to `writeHead` in one flat array: set one by one, Node.js keeps them in an
 * object first, which costs a quarter of the requests a second. Headers and body go to the operating system at once: `end(body)`
 * makes two or three pieces of them, the last one empty, and to gather these (`writev`) takes a fifth of a small answer's time.
 */
export function send(response: ServerResponse, { status, headers, body }: Answer): void | Promise<void> {
  const all = [...SECURITY_HEADERS, ...headers];
  if (body !== undefined && !isWhole(body)) return sendChunks(response, status, all, body);
  if (body !== undefined) all.push('Content-Length', String(body.length));
  response.writeHead(status, reasonOf(status), all);
  if (body) {
    const { socket } = response;
    socket?.cork();
    response.write(body, 'latin1');
    socket?.uncork();
  }
  response.end();
}

const isWhole = (body: string | Buffer | AsyncGenerator): body is string | Buffer =>
  typeof body === 'string' || Buffer.isBuffer(body);

/** A slow client slows the reading, so that nothing piles up in memory; one that takes nothing at all is given up. */
async function sendChunks(
  response: ServerResponse,
  status: number,
  headers: string[],
  chunks: AsyncGenerator<Buffer>,
): Promise<void> {
  // Before the headers are sent, so that what fails at once can still be answered with another status.
  const first = await chunks.next();
  response.writeHead(status, reasonOf(status), headers);
  if (first.done || response.req.method === 'HEAD') {
    response.end();
    await chunks.return(undefined);
    return;
  }
  response.setTimeout(PATIENCE, () => response.destroy());
  response.write(first.value);
  await pipeline(Readable.from(chunks), response);
}
