import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createApi } from './api';
import { History } from './history/history';
import type { StorageGate } from './history/storage-gate';
import { createHttpServer } from './http/server';
import { leaveOwnFile } from './own-file';
import type { Settings } from './settings';
import type { WebPage } from './web-page';

/** How often a stopping server looks for connections that have become idle, in milliseconds. */
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
  const server = createHttpServer(createApi({ own, history, page, state, log }));
  const port = await listen(server, settings.port);
  log.info({ event: 'listening', file: own, port }, `Listening on http://localhost:${port} with ${own}`);

  if (!stop.aborted) await once(stop, 'abort');
  // A stopped task gets requests for some more seconds, until the load balancer knows (aws/containers-roadmap#708).
  state.draining = true;
  log.info({ event: 'draining' }, `Told to stop: serving for ${settings.drainSeconds} s more`);
  await sleep(settings.drainSeconds * 1000);
  await close(server);
  log.info({ event: 'stopped' }, 'Stopped');
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Stops accepting connections, and resolves when the last request has been answered. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Node.js closes the idle connections once; one that is answering now would stay open until its keep-alive ends.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  await closed;
  clearInterval(sweep);
}
