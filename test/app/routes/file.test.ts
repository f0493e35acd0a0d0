import { startApi } from '../../support/api';

describe('GET /file', () => {
  const api = startApi();
  const placed = startApi({ zone: 'eu-west-1a', name: 'c0ffee' });

  it("answers this container's own file and when it was created", async () => {
    const { status, json } = await api.ask('/file');
    expect(status).toBe(200);
    expect(json.file).toBe(api.own);
    expect(Math.abs(Date.parse(json.createdAt) - Date.now())).toBeLessThan(60_000);
  });

  it('answers since when the container runs, and where it does if it knows', async () => {
    const { since } = (await api.ask('/file')).json;
    expect(Math.abs(Date.parse(since) - Date.now())).toBeLessThan(60_000);
    expect(Object.keys((await api.ask('/file')).json)).toEqual(['file', 'createdAt', 'since']);
    expect((await placed.ask('/file')).json).toMatchObject({ zone: 'eu-west-1a', name: 'c0ffee' });
  });

  it('closes the connection for those who want the next answer from another container', async () => {
    for (const Accept of ['application/json', 'text/plain']) {
      const ask = (path: string) => api.ask(path, { headers: { Accept, Connection: 'keep-alive' } });
      expect((await ask('/file')).headers.connection).toBe('keep-alive');
      const { headers } = await ask('/file?close=true');
      expect(headers.connection).toBe('close');
      expect(headers['content-type']).toContain(Accept);
    }
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
