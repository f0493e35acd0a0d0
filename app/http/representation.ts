import type { Request } from 'express';

/** The header of every answer that has the choice; names and values in turn. */
export const VARIES = ['Vary', 'Accept'];

/** Whether the request would rather have that type than the other one, which it gets otherwise. */
export function prefers(
  request: Request,
  type: 'text/html' | 'text/plain',
  other = 'application/json',
): boolean {
  const { accept } = request.headers;
  // What most clients send needs no negotiation, which costs as much as the rest of a small answer.
  if (accept === undefined || accept === '*/*' || accept === other) return false;
  if (accept === type) return true;
  return request.accepts([other, type]) === type;
}
