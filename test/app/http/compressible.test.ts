import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Request } from 'express';
import { Compressible } from '../../../app/http/compressible';

const body = Buffer.from('compressible '.repeat(500));
const asking = (headers: Record<string, string>) => ({ headers }) as unknown as Request;
const headerOf = (headers: readonly string[], name: string) =>
  headers.includes(name) ? headers[headers.indexOf(name) + 1] : undefined;

describe('A compressible body', () => {
  const compressible = new Compressible(body, ['Vary', 'Accept-Encoding']);
  const codingFor = (accepted?: string) => {
    const { headers } = compressible.answer(
      asking(accepted === undefined ? {} : { 'accept-encoding': accepted }),
    );
    return headerOf(headers, 'Content-Encoding');
  };

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['*', 'br'],
    ['br;q=0.4, gzip;q=0.5', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['gzip;q=0, br;q=0', undefined],
    ['deflate', undefined],
    ['*;q=0', undefined],
    ['nonsense;q=x,,', undefined],
  ])('for Accept-Encoding: %s is sent as %s', (accepted, coding) => {
    expect(codingFor(accepted)).toBe(coding);
  });

  it('is the same in every coding', () => {
    const bytes = (coding: string) =>
      Buffer.from(compressible.answer(asking({ 'accept-encoding': coding })).body as string, 'latin1');
    expect(bytes('identity')).toEqual(body);
    expect(gunzipSync(bytes('gzip'))).toEqual(body);
    expect(brotliDecompressSync(bytes('br'))).toEqual(body);
  });

  it('is compressed once', () => {
    const again = () => compressible.answer(asking({ 'accept-encoding': 'br' }));
    expect(again()).toBe(again());
  });

  it('of a few bytes stays as it is', () => {
    const small = new Compressible(Buffer.from('small'), []).answer(asking({ 'accept-encoding': 'gzip' }));
    expect(small).toMatchObject({ status: 200, headers: [], body: 'small' });
  });
});

describe('A tagged body', () => {
  const tagged = new Compressible(body, [], { tagged: true });
  const answer = (headers: Record<string, string>) => tagged.answer(asking(headers));

  it('has another entity tag in each coding (RFC 9110, section 8.8.3.3)', () => {
    const tags = ['identity', 'gzip', 'br'].map((coding) =>
      headerOf(answer({ 'accept-encoding': coding }).headers, 'ETag'),
    );
    expect(new Set(tags).size).toBe(3);
  });

  it('is not sent again to who has it in that coding', () => {
    const tag = headerOf(answer({ 'accept-encoding': 'br' }).headers, 'ETag') as string;
    expect(answer({ 'accept-encoding': 'br', 'if-none-match': tag })).toMatchObject({ status: 304 });
    expect(answer({ 'accept-encoding': 'gzip', 'if-none-match': tag })).toMatchObject({ status: 200 });
  });
});
