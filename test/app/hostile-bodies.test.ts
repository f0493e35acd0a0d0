import { gzipSync } from 'node:zlib';
import { bodyOf, chunked, describeRefusals, post, type Refusal } from '../support/hostile';
import { raw } from '../support/raw';

const KIB = 1024;
const JSON_WANTED = 'JSON in UTF-8';
const OBJECT_WANTED = 'JSON object';

/** A JSON body with these bytes inside its text. */
const around = (...bytes: number[]) =>
  Buffer.concat([Buffer.from('{"text":"a'), Buffer.from(bytes), Buffer.from('a"}')]);

describeRefusals({
  'a body that is not JSON in UTF-8': [
    ['empty', post(''), 400, JSON_WANTED],
    ['words', post('text=aba'), 400, JSON_WANTED],
    ['that breaks off', post('{"text":"ab'), 400, JSON_WANTED],
    ['with something behind it', post('{"text":"aba"}{}'), 400, JSON_WANTED],
    ['with a comment', post('{"text":"aba"/**/}'), 400, JSON_WANTED],
    ['with single quotes', post("{'text':'aba'}"), 400, JSON_WANTED],
    ['with a comma too many', post('{"text":"aba",}'), 400, JSON_WANTED],
    ['NaN', post('{"text":NaN}'), 400, JSON_WANTED],
    ['a NUL', post('\0'), 400, JSON_WANTED],
    ['a NUL in a string', post(around(0)), 400, JSON_WANTED],
    ['a line break in a string', post(around(0x0a)), 400, JSON_WANTED],
    ['a byte that UTF-8 does not have', post(around(0xff)), 400, JSON_WANTED],
    ['overlong UTF-8', post(around(0xc0, 0xaf)), 400, JSON_WANTED],
    ['a surrogate in UTF-8', post(around(0xed, 0xa0, 0x80)), 400, JSON_WANTED],
    ['beyond the last code point', post(around(0xf4, 0x90, 0x80, 0x80)), 400, JSON_WANTED],
    [
      'Latin-1',
      post(around(0xe4), { 'Content-Type': 'application/json; charset=iso-8859-1' }),
      400,
      JSON_WANTED,
    ],
    ['UTF-16', post(Buffer.from('\ufeff{"text":"aba"}', 'utf16le')), 400, JSON_WANTED],
    ['two byte order marks', post('\ufeff\ufeff{"text":"aba"}'), 400, JSON_WANTED],
    ['HTML', post('<script>alert(1)</script>'), 400, JSON_WANTED],
    ['32,000 arrays deep, not closed', post('['.repeat(32_000)), 400, JSON_WANTED],
  ],

  'a body of the wrong shape': [
    ...['null', 'true', '1', '"aba"', '[]', '["aba"]', '[{"text":"aba"}]'].map(
      (body): Refusal => [body, post(body), 400, OBJECT_WANTED],
    ),
    ['32,000 arrays deep', post('['.repeat(32_000) + ']'.repeat(32_000)), 400, OBJECT_WANTED],
    ['10,000 objects deep', post(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`), 400, 'text'],
    [
      '10,000 arrays deep in its text',
      post(`{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
      400,
      'text',
    ],
    ...['null', 'true', '12321', '[]', '["aba"]', '{}', '{"length":3}', '""'].map(
      (value): Refusal => [`text: ${value}`, post(`{"text":${value}}`), 400, 'text'],
    ),
    ['text in a prototype', post('{"__proto__":{"text":"aba"}}'), 400, 'text'],
    ['text in a constructor', post('{"constructor":{"prototype":{"text":"aba"}}}'), 400, 'text'],
    ['text in another case', post('{"Text":"aba"}'), 400, 'text'],
    ['half of a surrogate pair', post('{"text":"\\ud800"}'), 400, 'text'],
    ['a surrogate pair in the wrong order', post('{"text":"\\ude00\\ud83d"}'), 400, 'text'],
    ...['null', '"true"', '1', '[]'].map(
      (value): Refusal => [`strict: ${value}`, post(`{"text":"aba","strict":${value}}`), 400, 'strict'],
    ),
    ...['null', '1', '["a"]', '"two words"', '"a\\u0000b"', '"\\ud800"'].map(
      (value): Refusal => [`word: ${value}`, post(`{"word":${value}}`, {}, '/sentence'), 400, 'word'],
    ),
  ],

  'a body that is too large': [
    ['by one byte', post(bodyOf(64 * KIB + 1)), 413, '64 KiB'],
    ['1 MiB', post(bodyOf(KIB * KIB)), 413, '64 KiB'],
    ['1 MiB of what no route takes', post(bodyOf(KIB * KIB), {}, '/file'), 405, 'POST'],
    ['as a length alone', post('{', { 'Content-Length': '99999999999' }), 413, '64 KiB'],
    ['in chunks', raw(chunked(`10001\r\n${bodyOf(64 * KIB + 1)}\r\n0\r\n\r\n`)), 413, '64 KiB'],
    [
      'in many chunks',
      raw(chunked(`${`1000\r\n${'a'.repeat(4 * KIB)}\r\n`.repeat(17)}0\r\n\r\n`)),
      413,
      '64 KiB',
    ],
    ['in chunk extensions', raw(chunked(`1;${'a'.repeat(20 * KIB)}\r\n{\r\n0\r\n\r\n`)), 413, 'extensions'],
  ],

  'a body of the wrong type': [
    ...[
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ]
      .concat(
        'application/json5',
        'application/ld+json',
        'text/json',
        'json',
        'application',
        '*/*',
        '',
        '\xff',
      )
      .concat('application/json, text/plain', 'application/json/', '__proto__')
      .map(
        (type): Refusal => [type, post('{"text":"aba"}', { 'Content-Type': type }), 415, 'application/json'],
      ),
    ['no type', post('{"text":"aba"}', { 'Content-Type': undefined }), 415, 'application/json'],
    ...['gzip', 'br', 'deflate', 'identity, gzip', 'x'].map(
      (coding): Refusal => [
        coding,
        post(gzipSync('{"text":"aba"}'), { 'Content-Encoding': coding }),
        415,
        'Content-Encoding',
      ],
    ),
  ],
});
