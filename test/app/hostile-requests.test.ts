import { ROUTES } from '../../app/api';
import { newRecordName, recordId } from '../../app/history/record-name';
import { openApiDocument } from '../../app/openapi/document';
import { describeRefusals, get, LAST_ID, post, type Refusal } from '../support/hostile';
import { bytesOf, raw } from '../support/raw';

const KIB = 1024;
const name = newRecordName();
const id = recordId(name);
const HTTP_WANTED = 'HTTP/1.1';
const NOTHING = 'There is nothing';
const FORM = 'A file is named';
const MARKS_WANTED = 'more than 30 combining marks';
/** Combining marks of two classes in turn, which normalization would sort in a time that grows with their square. */
const marks = (count: number) => '\u0315\u0300'.repeat(count / 2 + 1).slice(0, count);

const wrongMethods: Refusal[] = Object.entries(
  openApiDocument(ROUTES).paths as Record<string, object>,
).flatMap(([template, operations]) =>
  ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY']
    .filter((method) => !(method.toLowerCase() in operations))
    .map(
      (method): Refusal => [
        `${method} ${template}`,
        bytesOf(method, template.replace('{name}', name)),
        405,
        method,
      ],
    ),
);

describeRefusals({
  'a method that the route does not take': wrongMethods,

  'a method of no route': [
    ['CONNECT', raw('CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n'), 405, 'proxy'],
    ['an unknown one', bytesOf('BREW', '/file'), 400, HTTP_WANTED],
    ['in lower case', bytesOf('get', '/file'), 400, HTTP_WANTED],
    ['empty', raw(' /file HTTP/1.1\r\nHost: x\r\n\r\n'), 400, HTTP_WANTED],
    ['of 20 KiB', bytesOf('A'.repeat(20 * KIB), '/'), 400, HTTP_WANTED],
    ['of HTTP/2', raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 400, HTTP_WANTED],
  ],

  'a path to nothing': [
    ['unknown', get('/nothing'), 404, NOTHING],
    ['in upper case', get('/FILE'), 404, NOTHING],
    ['with a slash too many at its end', get('/file/'), 404, NOTHING],
    ['with a slash too many at its start', get('//file'), 404, NOTHING],
    ['with HTML in it', get('/<script>alert(1)</script>'), 404, NOTHING],
    ['with encoded HTML in it', get('/%3Cscript%3Ealert(1)%3C%2Fscript%3E'), 404, NOTHING],
    ['of 12 KiB', get(`/${'a'.repeat(12 * KIB)}`), 404, NOTHING],
    ['named as a member of every object', get('/__proto__'), 404, NOTHING],
    ['of another host', get('http://example.org/etc/passwd'), 404, NOTHING],
    ['of a host that is none', get('http://[/file'), 400, 'URL'],
    ['of a port that is none', get('http://localhost:99999/file'), 400, 'URL'],
    ['that is an asterisk', get('*'), 400, 'URL'],
    ['with a fragment', get('/file#files'), 400, 'URL'],
  ],

  'a path that leaves the history': [
    ['..', get('/files/..'), 400, FORM],
    ['../ as it is', get('/files/../../etc/passwd'), 404, NOTHING],
    ['../ to a route', get('/files/../file'), 404, NOTHING],
    ['../ encoded', get('/files/%2e%2e%2f%2e%2e%2fetc%2fpasswd'), 400, FORM],
    ['../ with only the dots encoded', get('/files/%2e%2e/%2e%2e/etc/passwd'), 404, NOTHING],
    ['../ encoded twice', get('/files/%252e%252e%252fetc%252fpasswd'), 400, FORM],
    ['../ in overlong UTF-8', get('/files/%c0%ae%c0%ae%c0%af'), 400, 'UTF-8'],
    ['../ in full-width characters', get('/files/%EF%BC%8E%EF%BC%8E%EF%BC%8F'), 400, FORM],
    ['..\\ as it is', get('/files/..\\..\\etc\\passwd'), 400, FORM],
    ['..\\ encoded', get('/files/%2e%2e%5cetc'), 400, FORM],
    ['an absolute one', get('/files/%2fetc%2fpasswd'), 400, FORM],
    ['a NUL', get('/files/%00'), 400, FORM],
    ['a NUL behind a name', get(`/files/${name}%00.txt`), 400, FORM],
    ['a line break behind a name', get(`/files/${name}%0a`), 400, FORM],
    ['a slash behind a name', get(`/files/${name}/`), 404, NOTHING],
    ['a path behind a name', get(`/files/${name}%2f..%2f..%2fsecret`), 400, FORM],
    ['another scheme', get('ftp://localhost/file'), 400, 'URL'],
  ],

  'a name that is not of the form': [
    ['none', get('/files/'), 404, NOTHING],
    ['in upper case', get(`/files/${name.toUpperCase()}`), 400, FORM],
    ['with a UUID of version 4', get(`/files/${name.replace(/-7(?=...-[89ab])/, '-4')}`), 400, FORM],
    ['without its ending', get(`/files/include-me-${id}`), 400, FORM],
    ['with HTML in it', get('/files/include-me-<script>.txt'), 400, FORM],
    ['of the temporary files', get('/files/.incoming'), 400, FORM],
    ['of NFS', get('/files/.nfs0001'), 400, FORM],
    ['of 255 bytes', get(`/files/${'a'.repeat(255)}`), 400, FORM],
    ['of a file that the history does not have', get(`/files/${name}`), 404, 'no file'],
    ['of the end of time', get(`/files/include-me-${LAST_ID}.txt`), 404, 'no file'],
  ],

  'an encoding that is none': [
    ['%zz in the path', get('/files/%zz'), 400, 'UTF-8'],
    ['%FF in the path', get('/files/%FF'), 400, 'UTF-8'],
    ['half of an escape in the path', get('/files/%2'), 400, 'UTF-8'],
    ['HTML and a bad escape in the path', get('/files/<b>%zz'), 400, 'UTF-8'],
    ['raw UTF-8 in the path', get('/files/Ã¤'), 400, 'URL'],
    ['raw bytes in the query', get('/palindrome?text=\xff\xfe'), 400, 'URL'],
    ['%zz in a value', get('/palindrome?text=%zz'), 400, 'text'],
    ['half of an escape in a value', get('/palindrome?text=aba%2'), 400, 'text'],
    ['%FF in a value', get('/palindrome?text=%FF'), 400, 'text'],
    ['overlong UTF-8 in a value', get('/palindrome?text=%C0%80'), 400, 'text'],
    ['a surrogate in a value', get('/palindrome?text=%ED%A0%80'), 400, 'text'],
    ['UTF-8 that breaks off in a value', get('/sentence?word=%E2%82'), 400, 'word'],
  ],

  'a cursor that is none': [
    ['empty', get('/files?after='), 400, 'after'],
    ['of words', get('/files?after=newest'), 400, 'after'],
    ['in upper case', get(`/files?after=${id.toUpperCase()}`), 400, 'after'],
    ['in braces', get(`/files?after=%7B${id}%7D`), 400, 'after'],
    ['without its dashes', get(`/files?after=${id.replaceAll('-', '')}`), 400, 'after'],
    ['of version 1', get('/files?after=6ba7b810-9dad-11d1-80b4-00c04fd430c8'), 400, 'after'],
    ['of version 4', get('/files?after=9b2c1d3e-4f5a-4b6c-8d7e-0f1a2b3c4d5e'), 400, 'after'],
    ['of another variant', get(`/files?after=${id.replace(/-[89ab](?=...-.{12}$)/, '-c')}`), 400, 'after'],
    ['of zeros', get('/files?after=00000000-0000-0000-0000-000000000000'), 400, 'after'],
    ['a whole name', get(`/files?after=${name}`), 400, 'after'],
    ['with a path behind it', get(`/files?after=${id}%2f..`), 400, 'after'],
    ['with a NUL behind it', get(`/files?after=${id}%00`), 400, 'after'],
    ['with a line break behind it', get(`/files?after=${id}%0a`), 400, 'after'],
    ['of 10 KiB', get(`/files?after=${'0'.repeat(10 * KIB)}`), 400, 'after'],
    ['given twice', get(`/files?after=${id}&after=${id}`), 400, 'after'],
  ],

  'a number that is none': [
    ...[
      '',
      '0',
      '-1',
      '1001',
      '1.5',
      '1e3',
      '0x10',
      'NaN',
      'null',
      '+1',
      '%2B1',
      '1%20',
      '1%00',
      '1%0a',
      '1_0',
    ]
      .concat('%D9%A3', '%EF%BC%91', '9'.repeat(30), '9'.repeat(8 * KIB), '[1]', '{}', '1,2', '1;drop')
      .map((value): Refusal => [value.slice(0, 40), get(`/files?limit=${value}`), 400, 'limit']),
    ['a bad limit for text', get('/files?limit=0', { Accept: 'text/plain' }), 400, 'limit'],
    ['no value', get('/random-string?length'), 400, 'length'],
    ['two values', get('/random-string?length=1&length=2'), 400, 'length'],
    ['one value 1,000 times', get(`/random-string?${'length=1&'.repeat(1000)}`), 400, 'length'],
    ['two values, one name encoded', get('/random-string?length=1&%6cength=2'), 400, 'length'],
    ['a length beyond the largest', get('/random-string?length=1025'), 400, 'length'],
  ],

  'a value that is none of the choices': [
    ...[
      '',
      'ALPHANUMERIC',
      'emoji',
      'hex%20',
      'hex,digits',
      '__proto__',
      'constructor',
      'toString',
      '%3Cscript%3E',
    ].map((value): Refusal => [value, get(`/random-string?alphabet=${value}`), 400, 'alphabet']),
    ...['', '1', 'yes', 'TRUE', 'true,false', '__proto__'].map(
      (value): Refusal => [`strict=${value}`, get(`/palindrome?text=aba&strict=${value}`), 400, 'strict'],
    ),
  ],

  'a text that cannot be checked': [
    ['none', get('/palindrome'), 400, 'text'],
    ['empty', get('/palindrome?text='), 400, 'text'],
    ['given twice', get('/palindrome?text=aba&text=aba'), 400, 'text'],
    ['of 10,001 characters', get(`/palindrome?text=${'a'.repeat(10_001)}`), 400, 'text'],
    ['of 10,001 characters in a body', post(`{"text":"${'ä'.repeat(10_001)}"}`), 400, 'text'],
    ['without a letter or digit', get('/palindrome?text=%2C%20!'), 400, 'text'],
    ['in the query of a POST', bytesOf('POST', '/palindrome?text=aba'), 400, 'body'],
    ['a word of two', get('/sentence?word=two+words'), 400, 'word'],
    ['a word of 101 letters', get(`/sentence?word=${'a'.repeat(101)}`), 400, 'word'],
    ['a word of HTML', get('/sentence?word=%3Cscript%3E'), 400, 'word'],
    ['31 marks in a row', get(`/palindrome?text=a${encodeURIComponent(marks(31))}`), 400, MARKS_WANTED],
    ['9,999 marks in a row, of two kinds', post(`{"text":"a${marks(9999)}"}`), 400, MARKS_WANTED],
    ['31 marks in a strict text', post(`{"text":"a${marks(31)}","strict":true}`), 400, MARKS_WANTED],
    ['a word of 31 marks', get(`/sentence?word=a${encodeURIComponent(marks(31))}`), 400, MARKS_WANTED],
    ['a word of 20,000 marks', post(`{"word":"a${marks(20_000)}"}`, {}, '/sentence'), 400, MARKS_WANTED],
    ['a word of one mark', get('/sentence?word=%CC%88'), 400, 'word'],
  ],
});
