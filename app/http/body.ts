import express, { type RequestHandler } from 'express';
import { Problem, TOO_LARGE } from './problem';

const TYPE = 'application/json';
const LIMIT = 64 * 1024; // bytes

/**
 * Reads a JSON body of up to 64 KiB as bytes; `readBody` parses them. Not `express.json`: that replaces invalid UTF-8
 * instead of refusing it. Nothing is inflated, because zlib needs the threads that hung storage may hold.
 */
export const jsonBody: RequestHandler[] = [
  (request, _response, next) => {
    // body-parser would answer only after it has read, and thrown away, all of it.
    if (Number(request.headers['content-length']) > LIMIT) throw new Problem(413, TOO_LARGE);
    next();
  },
  express.raw({ type: TYPE, limit: LIMIT, inflate: false }),
  (request, _response, next) => {
    if (request.is(TYPE) === null) throw new Problem(400, 'There must be a body: a JSON object.');
    if (request.is(TYPE) === false) {
      throw new Problem(415, `The body must be sent with Content-Type: ${TYPE}.`, { Accept: TYPE });
    }
    next();
  },
];
