import type { IncomingMessage } from 'node:http';
import { Problem } from './problem';

/** Every method that some route takes. */
export const METHODS = 'GET, HEAD, POST, OPTIONS';
/** A host and perhaps a port, as in RFC 3986, section 3.2: no list, no user, no path. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i;

/** What HTTP/1.1 itself does not allow and Node.js lets through; `undefined` where nothing is wrong. */
export function faultOf({
  method,
  httpVersion,
  headers,
  rawHeaders,
  url = '',
}: IncomingMessage): Problem | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0')
    return new Problem(400, 'The request must be HTTP/1.1.');

  if (
    headers.host === undefined ? httpVersion === '1.1' : !HOST.test(headers.host) || repeatsHost(rawHeaders)
  ) {
    return new Problem(400, 'The request must have one Host header (RFC 9112, section 3.2).');
  }
  // Whoever reads another one differently sees other requests on the connection than we do.
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && (coding.toLowerCase() !== 'chunked' || httpVersion !== '1.1')) {
    const detail = 'The only Transfer-Encoding is chunked, with HTTP/1.1 (RFC 9112, section 6.1).';
    return new Problem(400, detail, { Connection: 'close' });
  }
  if (headers.expect && headers.expect.toLowerCase() !== '100-continue') {
    return new Problem(
      417,
      'The only expectation that can be met is 100-continue (RFC 9110, section 10.1.1).',
    );
  }
  if (url.includes('#') || !(url.startsWith('/') || (url === '*' && method === 'OPTIONS'))) {
    return new Problem(
      400,
      'The URL must be a path or http://…, without a fragment (RFC 9112, section 3.2).',
    );
  }
  return undefined;
}

/** Node.js takes the first of several. */
function repeatsHost(rawHeaders: string[]): boolean {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  return hosts > 1;
}
