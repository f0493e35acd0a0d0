import { once } from 'node:events';
import * as net from 'node:net';

/** How many connections may wait to be accepted, as far as Linux allows: one more has to try again after a second. */
const BACKLOG = 4096;

/** The port cannot be listened on; the message says what to do, for a person. */
export class PortError extends Error {
  override name = 'PortError';
}

/** Takes a port without listening on it. Since Node.js 26, so @types/node does not know it yet. */
const { BoundSocket } = net as {
  BoundSocket?: new (options: { port: number; ipv6Only: boolean }) => { close(): void };
};

/**
 * Resolves when the port is free at the moment. No load balancer takes the look for a server: Node.js that can only listen does
 * so on the loopback addresses alone, and a program that listens on all addresses has these too.
 * @throws PortError
 */
export async function expectFree(port: number): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    try {
      // On all addresses, because to read one Node.js compiles an expression for a tenth of the start.
      if (BoundSocket) new BoundSocket({ port, ipv6Only: host === '::1' }).close();
      else await listenOnce(port, host);
    } catch (error) {
      // A machine without IPv6.
      if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes((error as NodeJS.ErrnoException).code ?? '')) continue;
      throw explained(error, port);
    }
  }
}

async function listenOnce(port: number, host: string): Promise<void> {
  const probe = net.createServer();
  await listen(probe, port, host);
  probe.close();
  await once(probe, 'close');
}

/**
 * Listens on the port, on all addresses if no host is given. @returns the port, which the operating system chose where 0 was given.
 * @throws PortError
 */
export async function listen(server: net.Server, port: number, host?: string): Promise<number> {
  server.listen({ port, host, backlog: BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explained(error, port);
  }
  return (server.address() as net.AddressInfo).port;
}

function explained(error: unknown, port: number): unknown {
  const remedy = REMEDIES[(error as NodeJS.ErrnoException).code ?? ''];
  return remedy ? new PortError(`Port ${port} ${remedy}`) : error;
}

const REMEDIES: Record<string, string> = {
  EADDRINUSE: 'is taken by another program. End that program, or set PORT to a free port.',
  EACCES: 'is reserved for root. Set PORT to a port above 1023.',
};
