import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createApi } from './api';
import { History } from './history/history';
import type { StorageGate } from './history/storage-gate';
import { replaying } from './http/replay';
import { createHttpServer } from './http/server';
import { leaveOwnFile } from './own-file';
import type { Settings } from './settings';
import type { WebPage } from './web-page';

/** How often a stopping server looks for connections that wait for nothing, in milliseconds. */
const SWEEP = 50;

interface Life {
  settings: Settings;
  page: WebPage;
  gate: StorageGate;
  log: Logger;
  /** Aborted when the container is told to stop. */
  stop: AbortSignal;
}

/**
 * A container's life: leave a file in the history, serve, drain, finish what is in flight. Resolves at its end.
 * @throws OwnFileError, or the error of a port that cannot be listened on.
 */
export async function live({ settings, page, gate, log, stop }: Life): Promise<void> {
  const own = await leaveOwnFile({ ...settings, gate, log, stop });
  const history = new History({ directory: settings.historyDir, own, gate });
  const state = { draining: false };
  const server = createHttpServer(replaying(createApi({ own, history, page, state, log }), state));
  const connections = connectionsOf(server);
  const port = await listen(server, settings.port);
  log.info({ event: 'listening', file: own, port }, `Listening on http://localhost:${port} with ${own}`);

  if (!stop.aborted) await once(stop, 'abort');
  // A stopped task gets requests for some more seconds, until the load balancer knows (aws/containers-roadmap#708).
  state.draining = true;
  log.info({ event: 'draining' }, `Told to stop: serving for ${settings.drainSeconds} s more`);
  await sleep(settings.drainSeconds * 1000);
  await close(server, connections);
  log.info({ event: 'stopped' }, 'Stopped');
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The connections that the server has at the moment. */
function connectionsOf(server: Server): ReadonlySet<Socket> {
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  return connections;
}

/** Stops accepting connections, and resolves when the last request has been answered. */
async function close(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Node.js closes the connections that are idle now. That leaves those that finish their request later, and those on
  // which none has come yet: browsers open some ahead, and Node.js gives them a minute to begin.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  }, SWEEP);
  await closed;
  clearInterval(sweep);
}
