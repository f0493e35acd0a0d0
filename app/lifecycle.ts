import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
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
/** After how many such looks a connection on which nothing came is given up. */
const SILENT_SWEEPS = 10;
/** As many connections as Node.js lets wait to be accepted: the default backlog of `server.listen`. */
const QUEUE = 511;

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

/** The connections that the server has at the moment, each with how often it was found silent. */
function connectionsOf(server: Server): Map<Socket, number> {
  const connections = new Map<Socket, number>();
  server.on('connection', (socket) => {
    connections.set(socket, 0);
    socket.once('close', () => connections.delete(socket));
  });
  return connections;
}

/** Stops accepting connections, and resolves when the last request has been answered. */
async function close(server: Server, connections: Map<Socket, number>): Promise<void> {
  await acceptQueued(server);
  const closed = once(server, 'close');
  server.close();
  // Node.js closes the connections that are idle now. That leaves those that finish their request later, and those on
  // which none has come yet: browsers open some ahead, and Node.js gives them a minute to begin.
  const sweep = setInterval(async () => {
    await immediate();
    server.closeIdleConnections();
    for (const [socket, silent] of connections) {
      if (socket.bytesRead > 0) continue;
      connections.set(socket, silent + 1);
      if (silent + 1 >= SILENT_SWEEPS) socket.destroy();
    }
  }, SWEEP);
  await closed;
  clearInterval(sweep);
}

/**
 * Accepts what has connected already, one connection each turn of the event loop: closing resets what is queued. Timers come
 * first in a turn, so a task that waited for its share of a processor would close on all that came meanwhile.
 */
async function acceptQueued(server: Server): Promise<void> {
  let accepted = 0;
  const count = () => accepted++;
  server.on('connection', count);
  for (let turns = 0; turns <= accepted && turns <= QUEUE; turns++) await immediate();
  server.off('connection', count);
}
