import { startApi } from '../../support/api';

describe('GET /file', () => {
  const api = startApi();

  it("answers this container's own file and when it was created", async () => {
    const { status, json } = await api.ask('/file');
    expect(status).toBe(200);
    expect(json.file).toBe(api.own);
    expect(Math.abs(Date.parse(json.createdAt) - Date.now())).toBeLessThan(60_000);
  });

  it('answers the name alone to those who prefer text', async () => {
    const { headers, text } = await api.ask('/file', { headers: { Accept: 'text/plain' } });
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text).toBe(`${api.own}\n`);
  });

  it('tells caches that the answer varies and is not theirs to keep', async () => {
    const { headers } = await api.ask('/file');
    expect(headers).toMatchObject({ vary: 'Accept', 'cache-control': 'no-store' });
  });
});
