import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

interface RawRequest {
  /** `undefined` leaves one out, also Host and Content-Length. */
  headers?: Record<string, string | string[] | undefined>;
  body?: string | Buffer;
}

/** A request's bytes, one for each character of its head: nothing is encoded, checked or mended. */
export function bytesOf(method: string, target: string, { headers = {}, body }: RawRequest = {}): Buffer {
  const content = Buffer.from(body ?? '');
  const all = {
    Host: 'localhost',
    ...(body !== undefined && { 'Content-Length': content.length }),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, values]) =>
    values === undefined ? [] : [values].flat().map((value) => `${name}: ${value}`),
  );
  const head = [`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([raw(head), content]);
}

/** One byte for each character. */
export const raw = (text: string): Buffer => Buffer.from(text, 'latin1');

/** How long an answer may take, in milliseconds. */
const PATIENCE = 5000;

/** Sends the bytes on a connection of its own, and resolves with the answer: the first one that is final. */
export async function sendRaw(port: number, bytes: Buffer, { halfClose = false } = {}): Promise<RawAnswer> {
  const socket = connect({ port, allowHalfOpen: true });
  if (halfClose) socket.end(bytes);
  else socket.write(bytes);
  socket.setTimeout(PATIENCE, () => socket.destroy(new Error('There came no answer.')));
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    const answer = parse(received);
    if (answer) return answer; // Leaving the loop closes the connection.
  }
  throw new Error(`The connection ended after ${JSON.stringify(received.toString())}.`);
}

/** The first final answer in the bytes, once it is complete; it must name its length. */
function parse(bytes: Buffer): RawAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const content = bytes.subarray(end + 4);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  if (status < 200) return parse(content);
  const headers = Object.fromEntries(
    lines.map((line) => line.split(/: (.*)/)).map(([name = '', value = '']) => [name.toLowerCase(), value]),
  );
  const length = Number(headers['content-length']);
  return content.length < length ? undefined : { status, headers, text: content.toString('utf8', 0, length) };
}
