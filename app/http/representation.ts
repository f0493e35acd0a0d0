import type { Request, Response } from 'express';

/** Whether the request would rather have the other type than JSON; the answer varies with its Accept header. */
export function prefers(request: Request, response: Response, type: 'text/html' | 'text/plain'): boolean {
  response.vary('Accept');
  return request.accepts(['application/json', type]) === type;
}
