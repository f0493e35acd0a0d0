import type { RequestHandler } from 'express';
import { Problem } from './problem';

/** Refuses what HTTP/1.1 itself does not allow and Node.js lets through. */
export const understandable: RequestHandler = (request, _response, next) => {
  if (request.httpVersion === '1.1' && !request.headers.host) {
    throw new Problem(400, 'The request must have a Host header (RFC 9112, section 3.2).');
  }
  if (request.headers.expect && request.headers.expect.toLowerCase() !== '100-continue') {
    throw new Problem(
      417,
      'The only expectation that can be met is 100-continue (RFC 9110, section 10.1.1).',
    );
  }
  if (/[^\x21-\x7e]/.test(request.url)) {
    throw new Problem(
      400,
      'The URL must be ASCII; other characters are percent-encoded as UTF-8 (RFC 3986).',
    );
  }
  next();
};
