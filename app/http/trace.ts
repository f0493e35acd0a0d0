import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** How the load balancer names a request (AWS: "Request tracing for your Application Load Balancer"). Clients can send it too. */
const ROOT = /(?:^|;)Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/;

export interface Trace {
  /** What finds the request in the load balancer's access log, or an id of our own where it sent none. */
  trace: string;
  /** The same as a URI, for a problem document. */
  instance: string;
}

/** Names one request, in the log and in its answer. */
export function traceOf(request: IncomingMessage): Trace {
  const header = request.headers['x-amzn-trace-id'];
  const [, root] = (typeof header === 'string' && ROOT.exec(header)) || [];
  if (root) return { trace: root, instance: `urn:x-amzn-trace-id:${root}` };
  const id = randomUUID();
  return { trace: id, instance: `urn:uuid:${id}` };
}
