import { once } from 'node:events';
import { connect } from 'node:net';
import { startApi } from '../../support/api';
import { chunked } from '../../support/hostile';
import { startContainer } from '../../support/process';
import { bytesOf, raw } from '../../support/raw';
import { temporaryDirectory } from '../../support/temporary';

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('A JSON body', () => {
  const api = startApi();
  const post = (body: string, headers = JSON_TYPE) =>
    api.ask('/palindrome', { method: 'POST', headers, body });
  const ofSize = (bytes: number) => `{"text":"aba"${' '.repeat(bytes - 14)}}`;

  it('may be 64 KiB, and not a byte more', async () => {
    expect((await post(ofSize(64 * 1024))).status).toBe(200);
    expect((await post(ofSize(64 * 1024 + 1))).status).toBe(413);
  });

  it('of another type is refused with the type that is taken', async () => {
    const { status, headers } = await post('text=aba', {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect({ status, accept: headers.accept }).toEqual({ status: 415, accept: 'application/json' });
  });

  describe('that waits for 100 Continue', () => {
    const statusesOf = async (headers: Record<string, string>, target = '/palindrome') => {
      const socket = connect(api.port);
      const expecting = { Expect: '100-continue', 'Content-Length': '14', Connection: 'close', ...headers };
      socket.write(bytesOf('POST', target, { headers: expecting }));
      let answers = '';
      socket.setEncoding('utf8').on('data', (chunk) => {
        answers += chunk;
        if (answers.endsWith('100 Continue\r\n\r\n')) socket.write('{"text":"aba"}');
      });
      await once(socket, 'close');
      return answers.match(/(?<=HTTP\/1.1 )\d+/g);
    };

    it('gets it', async () => {
      expect(await statusesOf(JSON_TYPE)).toEqual(['100', '200']);
    });

    it.each([
      ['413', { ...JSON_TYPE, 'Content-Length': '99999' }],
      ['415', { 'Content-Type': 'text/plain' }],
      ['415', { ...JSON_TYPE, 'Content-Encoding': 'gzip' }],
      ['400', { ...JSON_TYPE, Host: 'a, b' }],
    ])('gets a refusal that the headers decide without it: %s for %j', async (status, headers) => {
      expect(await statusesOf(headers)).toEqual([status]);
    });

    it('gets a refusal of its path without it', async () => {
      expect(await statusesOf(JSON_TYPE, '/nothing')).toEqual(['404']);
    });
  });

  it('that is too large is refused before it has come, and leaves the connection as it was', async () => {
    const socket = connect(api.port);
    const answers = () => String(socket.read() ?? '').match(/HTTP\/1.1 \d+/g);
    const large = bytesOf('POST', '/palindrome', { headers: JSON_TYPE, body: 'a'.repeat(100 * 1024) });
    socket.write(large.subarray(0, 1000));
    await once(socket, 'readable');
    expect(answers()).toEqual(['HTTP/1.1 413']);
    socket.write(large.subarray(1000));
    socket.write(bytesOf('GET', '/healthz'));
    await once(socket, 'readable');
    expect(answers()).toEqual(['HTTP/1.1 200']);
    socket.destroy();
  });
});

describe('JSON bodies in 60,000 chunks of a byte each', () => {
  it('take little more memory than their bytes while they come', async () => {
    const container = await startContainer({
      HISTORY_DIR: temporaryDirectory(),
      GENERATED_DIR: temporaryDirectory(),
      NODE_OPTIONS: '--max-old-space-size=48',
    });
    const bytes = Array.from(`{"text":"aba"${' '.repeat(60_000)}`, (byte) => `1\r\n${byte}\r\n`);
    const sockets = Array.from({ length: 12 }, () => connect(Number(new URL(container.origin).port)));
    for (const socket of sockets) socket.write(raw(chunked(bytes.join(''))));
    expect((await container.ask('/healthz')).status).toBe(200);
    for (const socket of sockets) socket.write('1\r\n}\r\n0\r\n\r\n');
    for (const socket of sockets) expect(String(await once(socket, 'data'))).toContain('HTTP/1.1 200');
    for (const socket of sockets) socket.destroy();
    expect(await container.end()).toBe(0);
  });
});
