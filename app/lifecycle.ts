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
/** After how many such looks a connection is given up on which no request has begun. */
const SILENT_SWEEPS = 10;
/** After how many, one on which nothing moves in the middle of a request or an answer: no answer takes half as long. */
const STUCK_SWEEPS = 100;
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

/** What was seen of a connection: the bytes that it had moved, and in how many looks since it has moved no more. */
type Seen = { moved: number; still: number };

/** The connections that the server has at the moment. */
function connectionsOf(server: Server): Map<Socket, Seen> {
  const connections = new Map<Socket, Seen>();
  server.on('connection', (socket) => {
    connections.set(socket, { moved: 0, still: 0 });
    socket.once('close', () => connections.delete(socket));
  });
  return connections;
}

/** Stops accepting connections, and resolves when the last request has been answered. */
async function close(server: Server, connections: Map<Socket, Seen>): Promise<void> {
  await acceptQueued(server);
  const closed = once(server, 'close');
  server.close();
  // Node.js closes the connections that are idle now. That leaves those that finish their request later, those on which none
  // has come yet (browsers open some ahead), and those whose client stopped in the middle: Node.js looks for them no more.
  const sweep = setInterval(async () => {
    await immediate();
    server.closeIdleConnections();
    for (const [socket, seen] of connections) {
      const moved = socket.bytesRead + socket.bytesWritten;
      const still = moved === seen.moved ? seen.still + 1 : 0;
      connections.set(socket, { moved, still });
      if (still >= (moved === 0 ? SILENT_SWEEPS : STUCK_SWEEPS)) socket.destroy();
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
