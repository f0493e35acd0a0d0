import type { RequestHandler } from 'express';
import { Problem } from './problem';

/** A host and perhaps a port, as in RFC 3986, section 3.2: no list, no user, no path. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i;

/** Refuses what HTTP/1.1 itself does not allow and Node.js lets through. */
export const understandable: RequestHandler = (request, _response, next) => {
  const { httpVersion, headers, headersDistinct, url } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') throw new Problem(400, 'The request must be HTTP/1.1.');

  const hosts = headersDistinct.host ?? [];
  if (hosts.length > 1 || !hosts.every((host) => HOST.test(host)) || (httpVersion === '1.1' && !hosts[0])) {
    throw new Problem(400, 'The request must have one Host header (RFC 9112, section 3.2).');
  }
  // Whoever reads another one differently sees other requests on the connection than we do.
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && (coding.toLowerCase() !== 'chunked' || httpVersion !== '1.1')) {
    const detail = 'The only Transfer-Encoding is chunked, with HTTP/1.1 (RFC 9112, section 6.1).';
    throw new Problem(400, detail, { Connection: 'close' });
  }
  if (headers.expect && headers.expect.toLowerCase() !== '100-continue') {
    throw new Problem(
      417,
      'The only expectation that can be met is 100-continue (RFC 9110, section 10.1.1).',
    );
  }
  if (!url.startsWith('/') || url.includes('#')) {
    throw new Problem(400, 'The URL must be a path or http://…, without a fragment (RFC 9112, section 3.2).');
  }
  next();
};
