import { once } from 'node:events';
import { connect } from 'node:net';
import { startApi } from '../../support/api';
import { bytesOf } from '../../support/raw';

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
