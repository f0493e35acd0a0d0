import type { Request } from 'express';

/** The header of every answer that has the choice; names and values in turn. */
export const VARIES = ['Vary', 'Accept'];

/** Whether the request would rather have the other type than JSON. */
export function prefers(request: Request, type: 'text/html' | 'text/plain'): boolean {
  const { accept } = request.headers;
  if (accept === undefined || accept === '*/*') return false;
  return request.accepts(['application/json', type]) === type;
}
