import { startApi } from './api';
import { expectContract } from './contract';
import { bytesOf, sendRaw } from './raw';
import { SECURITY_HEADERS } from './security-headers';

export type Refusal = [
  name: string,
  bytes: Buffer,
  status: number,
  /** What the detail must mention. */
  says: string,
  options?: { halfClose: boolean },
];

/** The last UUID of version 7, created in the year 10889. */
export const LAST_ID = 'ffffffff-ffff-7fff-bfff-ffffffffffff';

export const get = (target: string, headers = {}): Buffer => bytesOf('GET', target, { headers });
export const post = (body: string | Buffer, headers = {}, target = '/palindrome'): Buffer =>
  bytesOf('POST', target, { body, headers: { 'Content-Type': 'application/json', ...headers } });
/** A JSON body of that many bytes. */
export const bodyOf = (length: number): string => `{"text":"${'a'.repeat(length - 11)}"}`;
/** A request with the chunks as its body. */
export const chunked = (chunks: string): string =>
  `POST /palindrome HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`;

/** Each request is to be refused with a problem document that says why and nothing else, and the API is to go on. */
export function describeRefusals(kinds: Record<string, Refusal[]>): void {
  describe.each(Object.entries(kinds))('Refuses %s:', (_kind, refusals) => {
    const api = startApi();
    // Nor does it get what another request was answered a moment ago.
    beforeAll(() => sendRaw(api.port, get('/file')));

    it.each(refusals)('%s', async (_name, bytes, status, says, options = { halfClose: false }) => {
      const answer = await sendRaw(api.port, bytes, options);
      expect({ status: answer.status, detail: JSON.parse(answer.text).detail }).toEqual({
        status,
        detail: expect.stringContaining(says),
      });
      const [method = '', target = ''] = bytes.toString('latin1').split(' ');
      expectContract(method, target, answer);
      expect(answer.headers).toMatchObject(SECURITY_HEADERS);
      expect(answer.headers).not.toHaveProperty('x-powered-by');
      // Neither where in the code it failed, nor what was sent: it might be shown as HTML after all.
      expect(answer.text).not.toMatch(/<(?!UUIDv7>)|node_modules|\.[jt]s:|\n/);
      expect((await api.ask('/healthz')).status).toBe(200);
      expect(api.lines).toEqual([]);
    });
  });
}
