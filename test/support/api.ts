import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import { createApi } from '../../app/api';
import { History, historyGate } from '../../app/history/history';
import { publish } from '../../app/history/publish';
import { newRecordName } from '../../app/history/record-name';
import { createHttpServer } from '../../app/http/server';
import { readWebPage } from '../../app/web-page';
import { expectContract } from './contract';
import { temporaryDirectory } from './temporary';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests know what they asked for.
  json: any;
}

/** Asks a real server, and holds every answer to the contract. */
export async function ask(origin: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(origin + path, { redirect: 'manual', ...init });
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  expectContract(init.method ?? 'GET', path, { status: response.status, headers, text });
  return {
    status: response.status,
    headers,
    text,
    json: headers['content-type']?.includes('json') && text ? JSON.parse(text) : undefined,
  };
}

/** The API on a port of its own with a history of its own, for the tests of one file. Closes itself after them. */
export function startApi() {
  const directory = temporaryDirectory();
  const own = newRecordName();
  const state = { draining: false };
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const page = readWebPage(join(__dirname, '../../app/web'));
  const history = new History({ directory, own, gate: historyGate() });
  const server = createHttpServer(createApi({ own, history, page, state, log }));
  const api = {
    own,
    directory,
    state,
    server,
    /** What has been logged, a JSON document each. */
    lines,
    origin: '',
    port: 0,
    ask: (path: string, init?: RequestInit) => ask(api.origin, path, init),
    /** Adds a record of another container. */
    publish: async (name = newRecordName(), text = `${name}\n`) => {
      await publish(directory, name, text);
      return name;
    },
  };
  beforeAll(async () => {
    await publish(directory, own, `${own}\n`);
    server.listen(0);
    await once(server, 'listening');
    api.port = (server.address() as AddressInfo).port;
    api.origin = `http://localhost:${api.port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return api;
}
