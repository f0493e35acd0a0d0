import { chunked, describeRefusals, get, post, type Refusal } from '../support/hostile';
import { bytesOf, raw } from '../support/raw';

const KIB = 1024;
const HTTP_WANTED = 'HTTP/1.1';

/** More headers than Node.js shows by default (`server.maxHeadersCount`), and then this one. */
const behindMany = (header: string) =>
  raw(`GET /file HTTP/1.1\r\nHost: a.example\r\n${'a:\r\n'.repeat(2100)}${header}\r\n\r\n`);

describeRefusals({
  'a body whose end is not clear': [
    [
      'none',
      bytesOf('POST', '/palindrome', { headers: { 'Content-Type': 'application/json' } }),
      400,
      'body',
    ],
    ['no length that is a number', post('{}', { 'Content-Length': 'two' }), 400, HTTP_WANTED],
    ['a negative length', post('{}', { 'Content-Length': '-2' }), 400, HTTP_WANTED],
    ['a length with a sign', post('{}', { 'Content-Length': '+2' }), 400, HTTP_WANTED],
    ['a length in hexadecimal', post('{}', { 'Content-Length': '0x2' }), 400, HTTP_WANTED],
    ['a length beyond every integer', post('{}', { 'Content-Length': '9'.repeat(40) }), 400, HTTP_WANTED],
    ['two lengths', post('{}', { 'Content-Length': ['2', '3'] }), 400, HTTP_WANTED],
    ['a list of lengths', post('{}', { 'Content-Length': '2, 3' }), 400, HTTP_WANTED],
    ['length and chunks', post('0\r\n\r\n', { 'Transfer-Encoding': 'chunked' }), 400, HTTP_WANTED],
    [
      'chunks and a length',
      raw(
        'POST /palindrome HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n',
      ),
      400,
      HTTP_WANTED,
    ],
    ...[
      'identity',
      'gzip',
      'chunked, gzip',
      'xchunked',
      'chunked;q=1',
      '\x0bchunked',
      'chunked, chunked',
      '',
    ].map(
      (coding): Refusal => [
        `Transfer-Encoding: ${coding}`,
        bytesOf('POST', '/palindrome', {
          headers: { 'Transfer-Encoding': coding, 'Content-Type': 'application/json' },
        }),
        400,
        HTTP_WANTED,
      ],
    ),
    [
      'chunks in HTTP/1.0',
      raw(
        'POST /palindrome HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nE\r\n{"text":"aba"}\r\n0\r\n\r\n',
      ),
      400,
      HTTP_WANTED,
    ],
    ...[
      'zz\r\n',
      '-1\r\n',
      '0x2\r\n{}\r\n',
      '2 \r\n{}\r\n',
      '2\n{}\n',
      '2\r\n{}X',
      `${'f'.repeat(20)}\r\n`,
    ].map(
      (chunks): Refusal => [`the chunk ${JSON.stringify(chunks)}`, raw(chunked(chunks)), 400, HTTP_WANTED],
    ),
    [
      'a length that is too large',
      post('{"text":"aba"}', { 'Content-Length': '99' }),
      400,
      'before it was whole',
      { halfClose: true },
    ],
    [
      'chunks without the last one',
      raw(chunked('2\r\n{}\r\n')),
      400,
      'before it was whole',
      { halfClose: true },
    ],
  ],

  'a header that HTTP does not allow': [
    ['no Host', bytesOf('GET', '/file', { headers: { Host: undefined } }), 400, 'Host'],
    ['an empty Host', get('/file', { Host: '' }), 400, 'Host'],
    ['two Hosts', get('/file', { Host: ['a.example', 'b.example'] }), 400, 'Host'],
    ['one Host twice', get('/file', { Host: ['a.example', 'a.example'] }), 400, 'Host'],
    ['a list of Hosts', get('/file', { Host: 'a.example, b.example' }), 400, 'Host'],
    ['a Host with a path', get('/file', { Host: 'a.example/b' }), 400, 'Host'],
    ['a Host with a user', get('/file', { Host: 'a@b.example' }), 400, 'Host'],
    ['a Host with HTML', get('/file', { Host: '<script>' }), 400, 'Host'],
    ['a Host of other bytes', get('/file', { Host: 'b\xfccher.example' }), 400, 'Host'],
    ['an expectation', get('/file', { Expect: 'tea' }), 417, '100-continue'],
    ['an expectation too many', get('/file', { Expect: '100-continue, tea' }), 417, '100-continue'],
    ['a space before the colon', get('/file', { 'X ': 'a' }), 400, HTTP_WANTED],
    ['no name', get('/file', { '': 'a' }), 400, HTTP_WANTED],
    ['a name of other bytes', get('/file', { 'X-\xe4': 'a' }), 400, HTTP_WANTED],
    ['no colon', raw('GET /file HTTP/1.1\r\nHost: x\r\nX\r\n\r\n'), 400, HTTP_WANTED],
    ['a NUL', get('/file', { 'X-A': 'a\0b' }), 400, HTTP_WANTED],
    ['a bare carriage return', get('/file', { 'X-A': 'a\rb' }), 400, HTTP_WANTED],
    ['a bare line feed', get('/file', { 'X-A': 'a\nX-B: b' }), 400, HTTP_WANTED],
    ['a folded line', get('/file', { 'X-A': 'a\r\n b' }), 400, HTTP_WANTED],
    ['20 KiB', get('/file', { 'X-A': 'a'.repeat(20 * KIB) }), 431, '16 KiB'],
    ['5,000 of them', get('/file', { 'X-A': Array(5000).fill('a') }), 431, '16 KiB'],
    ['a second Host behind 2,100 headers', behindMany('Host: b.example'), 400, 'Host'],
    ['an expectation behind 2,100 headers', behindMany('Expect: tea'), 417, '100-continue'],
    ['a Transfer-Encoding behind 2,100 headers', behindMany('Transfer-Encoding: gzip'), 400, HTTP_WANTED],
    ['a URL of 20 KiB', get(`/palindrome?text=${'a'.repeat(20 * KIB)}`), 431, '16 KiB'],
  ],

  'what is not HTTP/1.1': [
    ['HTTP/0.9', raw('GET /file\r\n\r\n'), 400, HTTP_WANTED],
    ['HTTP/2', raw('GET /file HTTP/2.0\r\nHost: x\r\n\r\n'), 400, HTTP_WANTED],
    ['HTTP/9.9', raw('GET /file HTTP/9.9\r\nHost: x\r\n\r\n'), 400, HTTP_WANTED],
    ['another protocol', raw('GET /file ICE/1.0\r\nHost: x\r\n\r\n'), 400, HTTP_WANTED],
    ['http in lower case', raw('GET /file http/1.1\r\nHost: x\r\n\r\n'), 400, HTTP_WANTED],
    ['a space in the URL', raw('GET /fi le HTTP/1.1\r\nHost: x\r\n\r\n'), 400, HTTP_WANTED],
    ['a tab in the URL', raw('GET /fi\tle HTTP/1.1\r\nHost: x\r\n\r\n'), 400, 'URL'],
    ['a NUL in the URL', raw('GET /fi\0le HTTP/1.1\r\nHost: x\r\n\r\n'), 400, 'URL'],
    ['no slash before the path', raw('GET file HTTP/1.1\r\nHost: x\r\n\r\n'), 400, 'URL'],
    ['TLS', raw('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'), 400, HTTP_WANTED],
    ['SSH', raw('SSH-2.0-OpenSSH_9.2\r\n'), 400, HTTP_WANTED],
    ['NUL bytes', raw('\0'.repeat(100)), 400, HTTP_WANTED],
    ['every byte there is', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), 400, HTTP_WANTED],
    ['a program', raw('\x7fELF\x02\x01\x01\0\0\0'), 400, HTTP_WANTED],
    ['half a request', raw('GET /file HTTP/1.1\r\nHo'), 400, 'before it was whole', { halfClose: true }],
  ],
});
