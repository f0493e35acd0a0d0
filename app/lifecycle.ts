import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createApi } from './api';
import { History } from './history/history';
import { removeLeftovers } from './history/leftovers';
import type { StorageGate } from './history/storage/storage-gate';
import { createHttpServer } from './http/server';
import { makeAll } from './later';
import { leaveOwnFile } from './own-file';
import { expectFree, listen } from './port';
import type { Settings } from './settings';
import { readPlace } from './task-metadata';
import type { WebPage } from './web-page';

/** How often a closing server looks for connections that have become idle, in milliseconds. */
const SWEEP = 50;
/** For how long it waits for the first byte on a connection, in milliseconds: browsers open some ahead and send nothing. */
const SILENCE = 500;
/** For how long it waits for requests in flight, in milliseconds. With the drain it must be below ECS's stopTimeout. */
const PATIENCE = 7000;
/** For how long it accepts what has connected before it closed, in milliseconds: a turn of the event loop each. */
const ACCEPTING = 1000;
/** How long it takes from the end of the drain to the last answer, whatever clients do, in milliseconds. */
export const CLOSING = ACCEPTING + PATIENCE;

interface Life {
  settings: Settings;
  page: WebPage;
  gate: StorageGate;
  log: Logger;
  /** When the process started. */
  since: Date;
  /** The URL at which ECS tells about the task, where there is one. */
  metadata: string | undefined;
  /** Aborted when the container is told to stop. */
  stop: AbortSignal;
}

/**
 * A container's life: leave a file in the history, serve, drain, finish what is in flight. Resolves at its end.
 * @throws OwnFileError or PortError.
 */
export async function live(life: Life): Promise<void> {
  const { settings, page, gate, log, since, stop } = life;
  // First, because a record of a container that never serves would stay in the history for ever.
  await expectFree(settings.port);
  const asked = readPlace(life.metadata, log);
  const own = await leaveOwnFile({ ...settings, gate, log, stop });
  const history = new History({ directory: settings.historyDir, own, gate });
  const state = { draining: false };
  const server = createHttpServer(createApi({ own, since, place: await asked, history, page, state, log }));
  const connections = connectionsOf(server);
  const port = await listen(server, settings.port);
  log.info({ event: 'listening', file: own, port }, `Listening on http://localhost:${port} with ${own}`);
  // Nobody waits for it, and a later start tries again.
  const tidied = removeLeftovers({ directory: settings.historyDir, gate, stop }).catch((error) =>
    log.debug({ event: 'leftovers_stayed', err: error }, 'Leftovers of killed containers were not removed.'),
  );
  // Afterwards, because a process cannot exit in order while storage is at work (`exit` in app/main.ts).
  tidied.then(makeAll);

  if (!stop.aborted) await once(stop, 'abort');
  // A stopped task gets requests for some more seconds, until the load balancer knows (aws/containers-roadmap#708).
  state.draining = true;
  log.info({ event: 'draining' }, `Told to stop: serving for ${settings.drainSeconds} s more`);
  await sleep(settings.drainSeconds * 1000);
  await close(server, connections);
  await tidied;
  log.info({ event: 'stopped' }, 'Stopped');
}

/** The connections that the server has at the moment. */
function connectionsOf(server: Server): Set<Socket> {
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  return connections;
}

/** Stops accepting connections, and resolves when the last request has been answered or its client has been waited for. */
async function close(server: Server, connections: Set<Socket>): Promise<void> {
  await acceptQueued(server);
  const closed = once(server, 'close');
  server.close();
  // Node.js closes the connections that are idle now, and those that finish a request later. Not idle for it are those on
  // which no request has come, and nobody ends those whose client reads or writes slowly, or not at all.
  // Each look is taken after what has arrived was read: after a wait for the processor, timers come first.
  const sweep = setInterval(async () => {
    await immediate();
    server.closeIdleConnections();
  }, SWEEP);
  const silence = setTimeout(async () => {
    await immediate();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  }, SILENCE);
  const patience = setTimeout(() => server.closeAllConnections(), PATIENCE);
  await closed;
  for (const timer of [sweep, silence, patience]) clearTimeout(timer);
}

/**
 * Accepts what has connected already, one connection each turn of the event loop: closing resets what is queued. Timers come
 * first in a turn, so a task that waited for its share of a processor would close on all that came meanwhile.
 */
async function acceptQueued(server: Server): Promise<void> {
  const end = performance.now() + ACCEPTING;
  let accepted = 0;
  const count = () => accepted++;
  server.on('connection', count);
  for (let turns = 0; turns <= accepted && performance.now() < end; turns++) await immediate();
  server.off('connection', count);
}
