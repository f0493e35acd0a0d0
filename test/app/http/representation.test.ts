import { startApi } from '../../support/api';

describe('An answer in two types', () => {
  const api = startApi();

  it.each([
    ['*/*', 'application/json'],
    ['', 'application/json'],
    ['application/json', 'application/json'],
    ['text/plain', 'text/plain'],
    ['text/*', 'text/plain'],
    ['text/plain, application/json', 'text/plain'],
    ['application/json, text/plain', 'application/json'],
    ['text/plain;q=0.5, application/json', 'application/json'],
    ['text/plain, application/json;q=0.9', 'text/plain'],
    ['text/plain;q=0.5, */*;q=0.1', 'text/plain'],
    ['text/plain;q=0, */*', 'application/json'],
    ['application/json;q=0, text/plain', 'text/plain'],
    ['image/png', 'application/json'], // rather that than 406 (RFC 9110, section 12.4.1)
    ['nonsense', 'application/json'],
    ['text/plain;q=x', 'application/json'],
  ])('to Accept: %s is of type %s', async (accept, type) => {
    const { headers } = await api.ask('/file', { headers: { Accept: accept } });
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
    expect(headers.vary).toBe('Accept');
  });
});
