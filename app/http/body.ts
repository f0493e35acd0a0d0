import type { Request, Response } from 'express';
import { Problem } from './problem';

const TYPE = 'application/json';
const LIMIT = 64 * 1024; // bytes
const TOO_LARGE = 'The body must not be larger than 64 KiB.';

/**
 * Resolves when a JSON body of up to 64 KiB has been read into `request.body`, as bytes; `readBody` parses them. Not `express.json`,
 * which replaces invalid UTF-8 instead of refusing it, nor `express.raw`, which takes longer to load and to read.
 */
export async function withBody(request: Request, response: Response): Promise<Request> {
  checkHeaders(request);
  // HTTP/1.0 does not know it (RFC 9110, section 10.1.1).
  if (request.headers.expect && request.httpVersion === '1.1') response.writeContinue();
  request.body = await bytesOf(request);
  return request;
}

/** Refuses what the headers decide, before the client is told to go on and before any of the body is read. */
function checkHeaders(request: Request): void {
  const { headers } = request;
  if (Number(headers['content-length']) > LIMIT) throw new Problem(413, TOO_LARGE);
  const type = request.is(TYPE);
  if (type === null) throw new Problem(400, 'There must be a body: a JSON object.');
  if (type === false) {
    throw new Problem(415, `The body must be sent with Content-Type: ${TYPE}.`, { Accept: TYPE });
  }
  // Nothing is inflated: zlib needs the threads that hung storage may hold.
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw new Problem(415, 'The body must be sent as it is, without Content-Encoding.');
  }
}

function bytesOf(request: Request): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One piece of memory, because a chunk of one byte takes 250 as a buffer of its own, and a body may come in 65,536 of them.
    const body = Buffer.allocUnsafe(Number(request.headers['content-length'] ?? LIMIT));
    let size = 0;
    const take = (chunk: Buffer) => {
      if (size + chunk.length <= LIMIT) {
        size += chunk.copy(body, size);
        return;
      }
      request.off('data', take).resume(); // The rest is thrown away.
      reject(new Problem(413, TOO_LARGE));
    };
    request.on('data', take);
    request.on('end', () => resolve(body.subarray(0, size)));
    request.on('error', () => reject(new Problem(400, 'The body ended before its Content-Length.')));
  });
}
