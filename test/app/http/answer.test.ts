import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, Socket } from 'node:net';
import { buffer as allBytes, text as allText } from 'node:stream/consumers';
import { type Answer, json, reasonOf, send, text } from '../../../app/http/answer';
import { eventually } from '../../support/eventually';

describe('An answer', () => {
  let answer: Answer;
  let failed: unknown;
  let current: ServerResponse;
  const server = createServer(async (_request, response) => {
    current = response;
    try {
      await send(response, answer);
    } catch (error) {
      failed = error;
      response.destroy();
    }
  });
  beforeAll(async () => {
    server.listen(0);
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const connection = (method = 'GET') => {
    const socket = connect((server.address() as AddressInfo).port);
    socket.write(`${method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    return socket;
  };
  const sent = (made: Answer, method = 'GET') => {
    answer = made;
    return allText(connection(method));
  };

  it('of JSON has its type, its length in bytes and its own headers, and is not to be kept', async () => {
    const got = await sent(json({ name: 'ü' }, 'Vary', 'Accept'));
    for (const header of [
      'Content-Type: application/json; charset=utf-8',
      'Content-Length: 13',
      'Cache-Control: no-store',
      'Vary: Accept',
    ])
      expect(got).toContain(`\r\n${header}\r\n`);
    expect(got).toMatch(/\r\n\r\n\{"name":"ü"\}$/);
  });

  it.each([256, 65_536])('of %d bytes arrives as it is, whatever they are', async (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => i));
    answer = text(bytes);
    expect((await allBytes(connection())).subarray(-length)).toEqual(bytes);
  });

  it('leaves in one piece, where it is small', async () => {
    const gather = jest.spyOn(Socket.prototype as unknown as { _writev(): void }, '_writev');
    for (const body of ['ASCII', 'größer', Buffer.alloc(8192)]) await sent(text(body));
    expect(gather).not.toHaveBeenCalled();
    await sent(text(Buffer.alloc(16_384)));
    expect(gather).toHaveBeenCalled();
  });

  it('has no header twice', async () => {
    const names = (await sent(json({}))).match(/^[\w-]+(?=: )/gm) ?? [];
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
  });

  it('without a body names no length', async () => {
    expect(await sent({ status: 204, headers: ['Allow', 'GET'] })).not.toMatch(
      /content-length|transfer-enc/i,
    );
  });

  it('to HEAD has the headers alone', async () => {
    expect(await sent(text('four'), 'HEAD')).toMatch(/Content-Length: 4\r\n(.*\r\n)*\r\n$/);
  });

  describe('in chunks', () => {
    let ended = false;
    async function* chunks(count: number, bytes = 3): AsyncGenerator<Buffer> {
      ended = false;
      try {
        for (let i = 0; i < count; i++) yield Buffer.alloc(bytes, `${i}`);
      } finally {
        ended = true;
      }
    }

    it('is sent as they come', async () => {
      expect(await sent(text(chunks(3)))).toMatch(
        /chunked\r\n(.*\r\n)*\r\n3\r\n000\r\n3\r\n111\r\n3\r\n222\r\n0\r\n/,
      );
    });

    it('may be empty', async () => {
      expect(await sent(text(chunks(0)))).toMatch(/\r\n\r\n0\r\n\r\n$/);
    });

    it('to HEAD is ended at once', async () => {
      expect(await sent(text(chunks(3)), 'HEAD')).toMatch(/close\r\n\r\n$/);
      expect(ended).toBe(true);
    });

    it('ends when its reader goes away', async () => {
      answer = text(chunks(1_000_000, 65_536));
      const socket = connection();
      await once(socket, 'data');
      expect(ended).toBe(false);
      socket.destroy();
      await eventually(() => expect(ended).toBe(true));
    });

    it('ends when its reader has taken nothing for as long as Node.js says', async () => {
      answer = text(chunks(1_000_000, 65_536));
      const socket = connection();
      await once(socket, 'readable');
      current.emit('timeout');
      await eventually(() => expect(ended).toBe(true));
      socket.destroy();
    });

    it('leaves what fails at once without an answer, for another status', async () => {
      failed = undefined;
      // biome-ignore lint/correctness/useYield: it fails before.
      const failing = async function* (): AsyncGenerator<Buffer> {
        throw new Error('no chunks');
      };
      expect(await sent(text(failing()))).toBe('');
      expect(failed).toMatchObject({ message: 'no chunks' });
    });
  });

  it("has RFC 9110's reason phrases", () => {
    expect([200, 413, 431].map(reasonOf)).toEqual([
      'OK',
      'Content Too Large',
      'Request Header Fields Too Large',
    ]);
  });
});
