import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/** How many connections may wait to be accepted, as far as Linux allows: one more has to try again after a second. */
const BACKLOG = 4096;

/** The port cannot be listened on; the message says what to do, for a person. */
export class PortError extends Error {
  override name = 'PortError';
}

/**
 * Resolves when the port is free at the moment. Looks at the loopback addresses alone: a program that listens on all
 * addresses has these too, and no load balancer takes the look for a server.
 * @throws PortError
 */
export async function expectFree(port: number): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    const probe = createServer();
    try {
      await listen(probe, port, host);
    } catch (error) {
      // A machine without IPv6.
      if ((error as NodeJS.ErrnoException).code === 'EADDRNOTAVAIL') continue;
      throw error;
    }
    probe.close();
    await once(probe, 'close');
  }
}

/**
 * Listens on the port, on all addresses if no host is given. @returns the port, which the operating system chose where 0 was given.
 * @throws PortError
 */
export async function listen(server: Server, port: number, host?: string): Promise<number> {
  server.listen({ port, host, backlog: BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    const remedy = REMEDIES[(error as NodeJS.ErrnoException).code ?? ''];
    throw remedy ? new PortError(`Port ${port} ${remedy}`) : error;
  }
  return (server.address() as AddressInfo).port;
}

const REMEDIES: Record<string, string> = {
  EADDRINUSE: 'is taken by another program. End that program, or set PORT to a free port.',
  EACCES: 'is reserved for root. Set PORT to a port above 1023.',
};
