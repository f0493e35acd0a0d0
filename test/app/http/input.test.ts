import type { Request } from 'express';
import * as z from 'zod';
import { flag, oneOf, readBody, readQuery, text, wholeNumber } from '../../../app/http/input';

const schema = z.object({ n: wholeNumber(2, 12).optional(), t: z.string().optional() });
const query = (query: string) => readQuery({ originalUrl: `/path${query}` } as Request, schema);
const body = (bytes: Buffer | string) => readBody({ body: Buffer.from(bytes) } as Request, schema);

describe('readQuery', () => {
  it.each([
    ['', {}],
    ['?', {}],
    ['?n=2', { n: 2 }],
    ['?n=012', { n: 12 }],
    ['?t=', { t: '' }],
    ['?t', { t: '' }],
    ['?t=a=b', { t: 'a=b' }],
    ['?t=a?b', { t: 'a?b' }],
    ['?t=a+b%20c%2B', { t: 'a b c+' }],
    ['?%74=%C3%A4', { t: 'ä' }],
    ['?%ff%74=1&%zz=1&%C3%A4=1&%74=2', { t: '2' }],
    ['?&&t=1&', { t: '1' }],
    ['?other=1&other=2&n[]=1&%zz=%zz', {}],
    ['?__proto__=1&constructor=1&toString=1', {}],
  ])('reads %s as %j', (text, values) => {
    expect(query(text)).toEqual(values);
  });

  it.each([
    ['?n=1', 'Query parameter n must be a whole number from 2 to 12.'],
    ['?n=3&n=3', 'Query parameter n must be given once.'],
    ['?t=%', 'Query parameter t must be percent-encoded UTF-8.'],
  ])('refuses %s: %s', (text, message) => {
    expect(() => query(text)).toThrow(expect.objectContaining({ status: 400, message }));
  });
});

describe('readBody', () => {
  it('reads a JSON object in UTF-8, and ignores members that it does not know', () => {
    expect(body('{"t":"ä","other":1}')).toEqual({ t: 'ä' });
  });

  it('names the member that is wrong', () => {
    expect(() => body('{"t":1}')).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringMatching(/^Member t /) }),
    );
  });

  it.each(['', '{', 'null', '[]', '"t"'])('refuses %j', (text) => {
    expect(() => body(text)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('refuses what is not UTF-8, rather than replacing it', () => {
    expect(() => body(Buffer.from('{"t":"ä"}', 'latin1'))).toThrow(/UTF-8/);
  });
});

describe('text', () => {
  const takes = (value: unknown) => text(3).safeParse(value).success;

  it('counts code points', () => {
    expect(['a', 'aaa', '👍👍👍', 'aaaa', '👍👍👍👍', ''].map(takes)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('refuses half of a surrogate pair', () => {
    expect(['\ud83d', '\udc4d', '\udc4d\ud83d', '\ud83d\udc4d'].map(takes)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('wholeNumber', () => {
  it.each(['1', '13', '', ' 2', '2 ', '+2', '-2', '2.0', '2e0', '0x2', '٢', '2\n', '99999999999999999999'])(
    'refuses %j',
    (value) => {
      expect(wholeNumber(2, 12).safeParse(value).success).toBe(false);
    },
  );
});

describe('flag', () => {
  it('takes true and false, and nothing else', () => {
    expect(['true', 'false'].map((value) => flag().parse(value))).toEqual([true, false]);
    expect(['', '1', 'TRUE', 'yes', true].map((value) => flag().safeParse(value).success)).not.toContain(
      true,
    );
  });
});

describe('oneOf', () => {
  it('takes its members alone', () => {
    const schema = oneOf('a', 'b');
    expect(
      ['a', 'b', 'c', '', 'toString', '__proto__', 'a,b'].filter((v) => schema.safeParse(v).success),
    ).toEqual(['a', 'b']);
  });
});
