import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import supertest from 'supertest';
import { createApi } from '../../app/api';
import { History, historyGate } from '../../app/history/history';
import { publish } from '../../app/history/publish';
import { newRecordName } from '../../app/history/record-name';
import { createHttpServer } from '../../app/http/server';
import type { Place } from '../../app/task-metadata';
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

export interface Question {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** Asks a real server, and holds every answer to the contract. */
export async function ask(origin: string, path: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = question;
  const response = await new supertest.Test(origin, method, path)
    .set({ 'Accept-Encoding': 'identity', ...headers })
    .redirects(0)
    .ok(() => true)
    .buffer(true)
    .parse(asText)
    .send(body);
  const answer = { status: response.status, headers: response.headers, text: bodyOf(response) };
  expectContract(method, path, answer);
  const isJson = answer.headers['content-type']?.includes('json') && answer.text;
  return { ...answer, json: isJson ? JSON.parse(answer.text) : undefined };
}

/** Where there is none, superagent puts an object. */
const bodyOf = ({ body }: { body: unknown }): string => (typeof body === 'string' ? body : '');

/** Leaves the body as it came: superagent would parse some types and drop others. */
function asText(response: unknown, done: (error: Error | null, body: string) => void): void {
  const stream = response as NodeJS.ReadableStream;
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    text += chunk;
  });
  stream.on('end', () => done(null, text));
}

/** The API on a port of its own with a history of its own, for the tests of one file. Closes itself after them. */
export function startApi(place: Place = {}) {
  const directory = temporaryDirectory();
  const own = newRecordName();
  const since = new Date();
  const state = { draining: false };
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const page = readWebPage(join(__dirname, '../../dist/web'));
  const history = new History({ directory, own, gate: historyGate() });
  const handler = createApi({ own, since, place, history, page, state, log });
  const server = createHttpServer(handler);
  const api = {
    own,
    directory,
    state,
    handler,
    server,
    /** What has been logged, a JSON document each. */
    lines,
    origin: '',
    port: 0,
    ask: (path: string, question?: Question) => ask(api.origin, path, question),
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
