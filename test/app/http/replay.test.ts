import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { replaying } from '../../../app/http/replay';
import { createHttpServer } from '../../../app/http/server';
import { startApi } from '../../support/api';
import { eventually } from '../../support/eventually';
import { nameAt } from '../../support/records';

const api = startApi();

/** A server of the same API that counts the requests that reach Express, and whose clock the test moves. */
async function startServer(before: (handler: RequestListener, clock: () => number) => RequestListener) {
  const state = { reached: 0, now: Date.now(), port: 0 };
  const handler: RequestListener = (request, response) => {
    state.reached++;
    api.handler(request, response);
  };
  const server = createHttpServer(before(handler, () => state.now)).listen(0);
  await once(server, 'listening');
  state.port = (server.address() as AddressInfo).port;
  closing.push(() => server.close());
  return state;
}
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

const ordinary = () => startServer((handler) => handler);
const replayed = () => startServer((handler, clock) => replaying(handler, api.state, clock));

/** Everything that a server sends, but for the time of day and the number of a problem's occurrence. */
async function bytes(
  { port }: { port: number },
  path: string,
  accept = '*/*',
  more: string[] = [],
  method = 'GET',
) {
  const socket = connect(port);
  const headers = ['Host: localhost', 'Connection: close', `Accept: ${accept}`, ...more];
  socket.write(`${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
  return (await text(socket)).replace(/^Date: .*$/m, '').replace(/urn:uuid:[-0-9a-f]+/, '');
}

describe('an answer that is replayed', () => {
  beforeAll(async () => {
    for (let day = 1; day < 9; day++) await api.publish(nameAt(`2026-01-0${day}`));
  });

  const paths = [
    '/',
    '/file',
    '/files',
    '/files?limit=3',
    '/files?limit=0',
    '/healthz',
    '/readyz',
    '/openapi.json',
  ];
  paths.push(
    '/page.css',
    '/page.js',
    '/icon.svg',
    '/palindrome?text=level',
    '/palindrome',
    '/nowhere',
    '/files/x',
  );
  const accepts = [
    '*/*',
    'text/html',
    'text/plain',
    'application/json',
    'image/png',
    'text/plain;q=0.5, text/html;q=0.4',
  ];
  const cases = paths.flatMap((path) => accepts.map((accept) => [path, accept] as const));

  it.each(cases)('is to the byte the ordinary one: %s as %s', async (path, accept) => {
    const [plain, replaying] = [await ordinary(), await replayed()];
    const expected = await bytes(plain, path, accept);
    for (let i = 0; i < 3; i++) expect(await bytes(replaying, path, accept)).toBe(expected);
  });

  it.each(['/', '/file', '/files?limit=3', '/healthz', '/openapi.json'])(
    'costs Express nothing: %s',
    async (path) => {
      const server = await replayed();
      for (let i = 0; i < 3; i++) await bytes(server, path);
      expect(server.reached).toBe(1);
    },
  );

  it('never stands for another representation', async () => {
    const server = await replayed();
    await bytes(server, '/file', 'application/json');
    expect(await bytes(server, '/file', 'text/plain')).toMatch(/^Content-Type: text\/plain/m);
  });

  it.each(['/random-string', '/sentence?word=level', '/readyz', '/nowhere'])(
    'is none of those of %s',
    async (path) => {
      const server = await replayed();
      await bytes(server, path);
      await bytes(server, path);
      expect(server.reached).toBe(2);
    },
  );

  it('goes out for a quarter of a second where the history may change', async () => {
    const server = await replayed();
    await bytes(server, '/files');
    server.now += 249;
    await bytes(server, '/files');
    expect(server.reached).toBe(1);
    server.now += 1;
    await bytes(server, '/files');
    expect(server.reached).toBe(2);
  });

  it('goes out to the others while one request has it renewed, but not for long', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reached = 0;
    const server = await startServer((handler, clock) =>
      replaying(
        async (request, response) => {
          reached++;
          if (reached === 2) await held;
          handler(request, response);
        },
        api.state,
        clock,
      ),
    );
    const before = await bytes(server, '/files');
    server.now += 250;
    const renewal = bytes(server, '/files');
    await eventually(() => expect(reached).toBe(2));
    expect(await bytes(server, '/files')).toBe(before);
    expect(reached).toBe(2);
    server.now += 250;
    await bytes(server, '/files');
    expect(reached).toBe(3);
    release();
    expect(await renewal).toBe(before);
  });

  it.each([
    ['has another method', [], 'HEAD'],
    ['expects something', ['Expect: 200-maybe'], 'GET'],
    ['has the file already', ['If-None-Match: "x"'], 'GET'],
  ])('is left to Express when the request %s', async (_what, headers, method) => {
    const [plain, server] = [await ordinary(), await replayed()];
    await bytes(server, '/');
    expect(await bytes(server, '/', '*/*', headers, method)).toBe(
      await bytes(plain, '/', '*/*', headers, method),
    );
    expect(server.reached).toBe(2);
  });

  it('ends when the container drains, because each answer then closes its connection', async () => {
    const server = await replayed();
    await bytes(server, '/file');
    api.state.draining = true;
    await bytes(server, '/file');
    api.state.draining = false;
    expect(server.reached).toBe(2);
  });
});
