import { startApi } from '../../support/api';

const BROWSER = { Accept: 'text/html,*/*;q=0.8' };

describe.each([
  ['page.css', 'text/css; charset=utf-8'],
  ['page.js', 'text/javascript; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
])('The asset %s', (name, type) => {
  const api = startApi();
  /** Its path, as the page that `url` answers names it. */
  const named = async (url: string) => {
    const { text } = await api.ask(url, { headers: BROWSER });
    return new RegExp(`"(/assets/[0-9a-f]{16}/${name})"`).exec(text)?.[1] as string;
  };

  it('has its type, and a name for its content, so that browsers keep it', async () => {
    const { status, headers } = await api.ask(await named('/'));
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('is answered under the name of another version too, for a rollout, but not kept', async () => {
    const { status, text, headers } = await api.ask(`/assets/0123456789abcdef/${name}`);
    expect({ status, cache: headers['cache-control'] }).toEqual({ status: 200, cache: 'no-cache' });
    expect(text).toBe((await api.ask(await named('/'))).text);
  });

  it('is not sent again while it is the same', async () => {
    const path = await named('/');
    const { etag = '' } = (await api.ask(path)).headers;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, text, headers } = await api.ask(path, { headers: { 'If-None-Match': known } });
      expect({ status, text, etag: headers.etag }).toEqual({ status: 304, text: '', etag });
    }
    expect((await api.ask(path, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
  });
});

describe('The page for what there is not', () => {
  const api = startApi();

  it('has the style of the page', async () => {
    const { status, text } = await api.ask('/nowhere', { headers: BROWSER });
    expect(status).toBe(404);
    expect(text).toMatch(/"\/assets\/[0-9a-f]{16}\/page\.css"/);
  });
});

describe('The page itself', () => {
  const api = startApi();

  it('is asked for each time, because it names the others', async () => {
    const { headers } = await api.ask('/', { headers: BROWSER });
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers.etag).toMatch(/^"[\w-]{43}"$/);
  });
});
