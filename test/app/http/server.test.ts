import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { startApi } from '../../support/api';
import { bytesOf, raw } from '../../support/raw';
import { SECURITY_HEADERS } from '../../support/security-headers';

describe('The HTTP server', () => {
  const api = startApi();
  const statuses = (answers: string) => answers.match(/(?<=HTTP\/1\.1 )\d{3}/g);
  /** All that the server sends until it closes the connection. */
  const converse = (...messages: Buffer[]) => {
    const socket = connect(api.port);
    socket.write(Buffer.concat(messages));
    return text(socket);
  };
  const last = { headers: { Connection: 'close' } };

  it('keeps idle connections longer than the load balancer, which does for 60 s', () => {
    expect(api.server.keepAliveTimeout).toBeGreaterThan(60_000);
  });

  it('answers what comes in one go, in its order', async () => {
    const answers = await converse(
      bytesOf('GET', '/files'),
      bytesOf('GET', '/nothing'),
      bytesOf('POST', '/palindrome', {
        headers: { 'Content-Type': 'application/json' },
        body: '{"text":"aba"}',
      }),
      bytesOf('GET', '/healthz', last),
    );
    expect(statuses(answers)).toEqual(['200', '404', '200', '200']);
  });

  it('answers what came before nonsense with its own answer', async () => {
    const socket = connect(api.port);
    socket.write(bytesOf('GET', '/healthz'));
    await once(socket, 'readable');
    socket.write('nonsense\r\n\r\n');
    expect(statuses(await text(socket))).toEqual(['200', '400']);
  });

  it('does not take nonsense for the fault of the request before it', async () => {
    const answers = await converse(bytesOf('GET', '/files'), raw('nonsense\r\n\r\n'));
    expect(statuses(answers)).not.toEqual(['400']);
  });

  it.each(['GET', 'OPTIONS'])('answers a client that closes its side after a %s', async (method) => {
    const socket = connect({ port: api.port, allowHalfOpen: true });
    socket.end(bytesOf(method, '/files'));
    expect(statuses(await text(socket))).toEqual([method === 'GET' ? '200' : '204']);
  });

  it('answers a wish to upgrade like any other request, and says that it answers nothing behind it', async () => {
    const upgrade = bytesOf('GET', '/healthz', { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } });
    const answer = await converse(upgrade, bytesOf('GET', '/file'));
    expect(statuses(answer)).toEqual(['200']);
    expect(answer).toContain('Connection: close');
  });

  it('lists all methods to OPTIONS *', async () => {
    const answer = await converse(bytesOf('OPTIONS', '*', last));
    expect(answer).toContain('HTTP/1.1 204');
    expect(answer).toContain('Allow: GET, HEAD, POST, OPTIONS');
  });

  it('names its refusals as RFC 9110 does', async () => {
    const body = 'a'.repeat(100_000);
    const headers = { 'Content-Type': 'application/json' };
    const { json } = await api.ask('/palindrome', { method: 'POST', headers, body });
    expect(json).toMatchObject({ status: 413, title: 'Content Too Large' });
  });

  it('closes the connection after what it cannot understand', async () => {
    const answers = await converse(raw('nonsense\r\n\r\n'), bytesOf('GET', '/healthz'));
    expect(statuses(answers)).toEqual(['400']);
    expect(answers).toContain('Connection: close');
  });

  it('answers a request whose headers take too long with 408', async () => {
    const socket = connect(api.port);
    socket.write('GET /file HTTP/1.1\r\n');
    const answer = await text(socket);
    expect(statuses(answer)).toEqual(['408']);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      expect(answer.toLowerCase()).toContain(`${name}: ${value.toLowerCase()}`);
    }
  });

  it('goes on when a client goes away in the middle of it all', async () => {
    for (const bytes of [
      bytesOf('GET', '/files'),
      raw('POST /palindrome HTTP/1.1\r\nHost: x\r\nContent-Le'),
      bytesOf('CONNECT', 'example.org:443'),
    ]) {
      const socket = connect(api.port);
      await once(socket, 'connect');
      socket.write(bytes);
      socket.resetAndDestroy();
    }
    expect((await api.ask('/healthz')).status).toBe(200);
    expect(api.lines).toEqual([]);
  });

  it('tells clients to close their connections while it drains', async () => {
    const connection = async () =>
      (await converse(bytesOf('GET', '/file', last))).match(/Connection: .*/)?.[0];
    api.state.draining = true;
    const socket = connect(api.port);
    socket.write(bytesOf('GET', '/file'));
    expect(await text(socket)).toContain('Connection: close');
    api.state.draining = false;
    expect(await connection()).toBe('Connection: close');
  });
});
