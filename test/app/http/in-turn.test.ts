import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { inTurn } from '../../../app/http/in-turn';

describe('Requests that are sent without waiting for answers', () => {
  const seen = { arrived: 0, atOnce: 0, most: 0 };
  const handler = inTurn(async (request, response) => {
    seen.most = Math.max(seen.most, ++seen.atOnce);
    if (request.url === '/never') return;
    let body = '';
    if (request.method === 'POST') for await (const chunk of request) body += chunk;
    for (let i = 0; i < 3; i++) await turn();
    seen.atOnce--;
    response.end(`${request.url} ${body.length};`);
  });
  const server = createServer((request, response) => {
    seen.arrived++;
    handler(request, response);
  });
  beforeAll(async () => {
    server.listen(0);
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => Object.assign(seen, { arrived: 0, atOnce: 0, most: 0 }));

  const connection = () => connect((server.address() as AddressInfo).port);
  const get = (path: string) => `GET /${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const post = (path: number, size: number) =>
    `POST /${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n${'a'.repeat(size)}`;

  it('are answered one at a time, in their order, with their own bodies', async () => {
    const sizes = Array.from({ length: 50 }, (_, i) => (i * 7919) % 100_000);
    const socket = connection();
    socket.write(sizes.map((size, i) => post(i, size)).join(''));
    socket.write('GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const answers = (await text(socket)).match(/\/\w+ \d+;/g);
    expect(answers).toEqual([...sizes.map((size, i) => `/${i} ${size};`), '/last 0;']);
    expect(seen.most).toBe(1);
  });

  it('are all read in the end', async () => {
    const socket = connection();
    socket.write(get('x').repeat(5000));
    let answers = '';
    for await (const chunk of socket) {
      answers += chunk;
      if (answers.split(';').length > 5000) break;
    }
    expect(seen.arrived).toBe(5000);
  });

  it('are not read while an earlier one is not answered', async () => {
    const socket = connection();
    socket.write(get('never').repeat(100_000));
    for (let arrived = -1; arrived !== seen.arrived; await sleep(100)) arrived = seen.arrived;
    expect(seen.arrived).toBeGreaterThan(0);
    // What one reading of 64 KiB holds.
    expect(seen.arrived).toBeLessThan(3000);
    socket.destroy();
  });
});
