import { startApi } from '../support/api';
import { bodyOf, chunked, LAST_ID, post } from '../support/hostile';
import { bytesOf, raw, sendRaw } from '../support/raw';

const KIB = 1024;

/** The other side of the line: nothing that HTTP, JSON or the contract allows is refused. */
const odd: [name: string, bytes: Buffer][] = [
  ['a URL of absolute form', bytesOf('GET', 'http://example.org/random-string?length=3')],
  ['a URL of absolute form without a path', bytesOf('GET', 'HTTP://example.org:80')],
  ['HTTP/1.0 without a Host', raw('GET /file HTTP/1.0\r\n\r\n')],
  ['a Host that is an IPv6 address', bytesOf('GET', '/file', { headers: { Host: '[::1]:8080' } })],
  ['an empty line before the request', raw('\r\nGET /file HTTP/1.1\r\nHost: x\r\n\r\n')],
  ['a body that nobody reads', bytesOf('GET', '/file', { body: bodyOf(KIB * KIB) })],
  ['a wish to upgrade', bytesOf('GET', '/file', { headers: { Connection: 'Upgrade', Upgrade: 'h2c' } })],
  [
    'an unknown parameter',
    bytesOf('GET', '/files?limit[]=0&limit[a]=0&LIMIT=0&__proto__=0&constructor=0&&=&=1'),
  ],
  ['an unknown parameter of no encoding', bytesOf('GET', '/files?x=%zz&%zz=1')],
  ['parameters of characters that browsers send', bytesOf('GET', '/palindrome?text=a|^`{}"<>\\b')],
  ['every character percent-encoded', bytesOf('GET', '/palindrome?%74%65%78%74=%61%62%61')],
  ['the last cursor there is', bytesOf('GET', `/files?after=${LAST_ID}`)],
  ['an unknown member', post('{"text":"aba","length":1,"__proto__":{},"constructor":1}')],
  ['a byte order mark before JSON', post('\ufeff{"text":"aba"}')],
  ['a body of 64 KiB', post(`{"text":"aba"${' '.repeat(64 * KIB - 14)}}`)],
  ['a body in chunks', raw(chunked('8\r\n{"text":\r\n6;x=y\r\n"aba"}\r\n0\r\nX-Trailer: 1\r\n\r\n'))],
  ['a type with a parameter', post('{"text":"aba"}', { 'Content-Type': 'Application/JSON;charset=UTF-8' })],
  ['a body encoded as itself', post('{"text":"aba"}', { 'Content-Encoding': 'identity' })],
  ['100-continue', post('{"text":"aba"}', { Expect: '100-Continue' })],
];

describe('Takes', () => {
  const api = startApi();

  it.each(odd)('%s', async (_name, bytes) => {
    const { status, text } = await sendRaw(api.port, bytes);
    expect({ status, text }).toEqual({ status: 200, text: expect.anything() });
  });
});
