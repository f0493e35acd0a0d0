import { rmSync } from 'node:fs';
import { startApi } from '../../support/api';

describe('GET /readyz', () => {
  const api = startApi();
  afterEach(() => {
    api.state.draining = false;
  });

  it('answers 200 while the container should get requests', async () => {
    expect(await api.ask('/readyz')).toMatchObject({ status: 200, json: { status: 'ready' } });
  });

  it('answers 503 while the container drains', async () => {
    api.state.draining = true;
    const { status, json } = await api.ask('/readyz');
    expect({ status, detail: json.detail }).toEqual({
      status: 503,
      detail: expect.stringContaining('Draining'),
    });
  });

  it('leaves /healthz alone while the container drains', async () => {
    api.state.draining = true;
    expect(await api.ask('/healthz')).toMatchObject({ status: 200, json: { status: 'ok' } });
  });
});

describe('Without its history', () => {
  const api = startApi();
  beforeAll(() => rmSync(api.directory, { recursive: true }));

  it.each(['/readyz', '/files'])('%s answers 503 and when to try again', async (path) => {
    const { status, headers, json } = await api.ask(path);
    expect({ status, retry: headers['retry-after'], detail: json.detail }).toEqual({
      status: 503,
      retry: '2',
      detail: expect.stringContaining('ENOENT'),
    });
  });

  it('a list as text answers 503 too', async () => {
    expect((await api.ask('/files', { headers: { Accept: 'text/plain' } })).status).toBe(503);
  });

  it.each(['/', '/file', '/healthz', '/random-string', '/palindrome?text=aba', '/openapi.json'])(
    '%s answers as always',
    async (path) => {
      expect((await api.ask(path)).status).toBe(200);
    },
  );
});
