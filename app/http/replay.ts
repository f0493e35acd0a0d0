import type {
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Draining } from '../routes/health';
import { faultOf } from './understandable';

interface Recording {
  /** Names and values in turn, as they went out. */
  headers: string[];
  body: string | Buffer;
  /** When it was made, in milliseconds since 1970, and for how long it may go out. */
  made: number;
  lifetime: number;
  /** Whether a request is on its way to Express to replace it. */
  renewing: boolean;
}

/** How much memory the recordings may take, in bytes: a page of a thousand names takes 52,000. */
const MEMORY = 2 * 1024 * 1024;

/** The lifetime of an answer that does not change while the process runs. */
export const FOREVER = Number.POSITIVE_INFINITY;

const lifetimes = new WeakMap<ServerResponse, number>();

/** Lets an answer with status 200 go out again, to requests that ask for the same, for so many milliseconds. */
export function replayFor(response: ServerResponse, milliseconds: number): void {
  lifetimes.set(response, milliseconds);
}

/**
 * Puts the answers that Express has just given in front of it. Most of what a request costs is Express's own work, and
 * most requests ask what was asked a moment ago: a replay costs as much as Node.js itself. The answers stay the same to
 * the byte, because they are the ordinary ones; only resources that say for how long take part.
 */
export function replaying(api: RequestListener, state: Draining, clock = Date.now): RequestListener {
  const recordings = new LRUCache<string, Recording>({
    maxSize: MEMORY,
    sizeCalculation: ({ body }, key) => 1000 + key.length + body.length,
  });
  return (request, response) => {
    // While draining, each answer says that the connection closes.
    if (state.draining || !isOrdinary(request)) return void api(request, response);
    const key = `${request.url} ${request.headers.accept ?? ''}`;
    const recording = recordings.get(key);
    if (recording && mayGoOut(recording, clock())) {
      response.writeHead(200, recording.headers).end(recording.body);
      return;
    }
    if (recording) recording.renewing = true;
    record(response, clock, (made) => recordings.set(key, made));
    api(request, response);
  };
}

/** Past its lifetime one request replaces it; the others need not wait for that, for as long again. */
const mayGoOut = ({ made, lifetime, renewing }: Recording, now: number): boolean =>
  now - made < (renewing ? 2 * lifetime : lifetime);

/** Whether nothing but its URL and its Accept header can make a difference to the answer. */
function isOrdinary(request: IncomingMessage): boolean {
  const { method, headers } = request;
  return method === 'GET' && !headers.expect && !headers['if-none-match'] && !faultOf(request);
}

/** Hands over the answer when it is sent, if its route has said how long it may be replayed. */
function record(response: ServerResponse, clock: () => number, keep: (recording: Recording) => void): void {
  const { end } = response;
  response.end = (...parts: unknown[]) => {
    const lifetime = response.statusCode === 200 ? lifetimes.get(response) : undefined;
    const [body] = parts;
    if (lifetime !== undefined && (typeof body === 'string' || Buffer.isBuffer(body))) {
      // @types/node declares it for requests alone.
      const names = (response as OutgoingMessage as ClientRequest).getRawHeaderNames();
      const headers = names.flatMap((name) => [name, String(response.getHeader(name))]);
      keep({ headers, body, made: clock(), lifetime, renewing: false });
    }
    return Reflect.apply(end, response, parts);
  };
}
