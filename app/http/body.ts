import express, { type Request, type RequestHandler } from 'express';
import { Problem, TOO_LARGE } from './problem';

const TYPE = 'application/json';
const LIMIT = 64 * 1024; // bytes

/** Refuses what the headers decide, before the client is told to go on and before any of the body is read. */
const checkHeaders: RequestHandler = (request, response, next) => {
  const { headers, httpVersion } = request;
  // body-parser would answer only after it has read, and thrown away, all of it.
  if (Number(headers['content-length']) > LIMIT) throw new Problem(413, TOO_LARGE);
  if (request.is(TYPE) === null) throw new Problem(400, 'There must be a body: a JSON object.');
  if (request.is(TYPE) === false) {
    throw new Problem(415, `The body must be sent with Content-Type: ${TYPE}.`, { Accept: TYPE });
  }
  // Nothing is inflated: zlib needs the threads that hung storage may hold.
  if (!isIdentity(request)) {
    throw new Problem(415, 'The body must be sent as it is, without Content-Encoding.');
  }
  // HTTP/1.0 does not know it (RFC 9110, section 10.1.1).
  if (headers.expect && httpVersion === '1.1') response.writeContinue();
  next();
};

const isIdentity = ({ headers }: Request): boolean =>
  (headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity';

/**
 * Reads a JSON body of up to 64 KiB as bytes; `readBody` parses them. Not `express.json`: that replaces invalid UTF-8
 * instead of refusing it.
 */
export const readJsonBody: RequestHandler[] = [
  checkHeaders,
  express.raw({ type: TYPE, limit: LIMIT, inflate: false }),
];
