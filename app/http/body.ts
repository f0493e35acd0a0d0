import express, { type RequestHandler } from 'express';
import { Problem } from './problem';

const TYPE = 'application/json';

/**
 * Reads a JSON body of up to 64 KiB as bytes; `readBody` parses them. Not `express.json`: that replaces invalid UTF-8
 * instead of refusing it. Nothing is inflated, because zlib needs the threads that hung storage may hold.
 */
export const jsonBody: RequestHandler[] = [
  express.raw({ type: TYPE, limit: '64kb', inflate: false }),
  (request, _response, next) => {
    if (request.is(TYPE) === null) throw new Problem(400, 'There must be a body: a JSON object.');
    if (request.is(TYPE) === false) {
      throw new Problem(415, `The body must be sent with Content-Type: ${TYPE}.`, { Accept: TYPE });
    }
    next();
  },
];
