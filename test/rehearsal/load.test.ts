import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Load } from '../../rehearsal/load';
import { routes, withoutHistory } from '../../rehearsal/routes';
import { Timeline } from '../../rehearsal/timeline';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function loaded(
  listener: RequestListener,
  all = routes('include-me-x.txt'),
  begin = (load: Load) => load.atRate(200),
) {
  const server = createServer(listener).listen(0);
  servers.push(server);
  let connections = 0;
  server.on('connection', () => connections++);
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const timeline = new Timeline();
  const load = begin(new Load(origin, all, timeline));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await load.stop();
  server.close();
  return { timeline, connections };
}

test('the load asks every route in turn', async () => {
  const { timeline } = await loaded((_, response) => response.end());
  expect(timeline.failures).toEqual([]);
  expect(new Set(timeline.samples.map(({ route }) => route))).toEqual(
    new Set(routes('').map(({ name }) => name)),
  );
});

test('the load keeps its connections', async () => {
  const begin = (load: Load) => load.saturating(4);
  const { timeline, connections } = await loaded((_, response) => response.end(), undefined, begin);
  expect(timeline.samples.length).toBeGreaterThan(20);
  expect(connections).toBeLessThan(timeline.samples.length / 2);
});

test('a status that is not expected is a failed request', async () => {
  const { timeline } = await loaded((request, response) => {
    response.statusCode = request.url === '/file' ? 502 : 200;
    response.end();
  });
  expect(timeline.failures.length).toBeGreaterThan(0);
  for (const { route, failure } of timeline.failures)
    expect([route, failure]).toEqual(['getOwnFile', 'status 502']);
});

test('a connection that is closed without an answer is a failed request', async () => {
  const { timeline } = await loaded((request) => request.socket.destroy());
  expect(timeline.failures).toHaveLength(timeline.samples.length);
  expect(timeline.failures[0]?.failure).toBe('UND_ERR_SOCKET');
});

test('503 is expected where the history is read, while it is unavailable, and nowhere else', async () => {
  const { timeline } = await loaded(
    (_, response) => {
      response.statusCode = 503;
      response.end();
    },
    withoutHistory(routes('include-me-x.txt')),
  );
  const failed = new Set(timeline.failures.map(({ route }) => route));
  const all = new Set(timeline.samples.map(({ route }) => route));
  expect([...all].filter((route) => !failed.has(route)).toSorted()).toEqual([
    'getFileText',
    'getReadiness',
    'listFiles',
  ]);
});
