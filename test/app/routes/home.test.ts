import { version } from '../../../package.json';
import { startApi } from '../../support/api';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('GET /', () => {
  const api = startApi();

  it('answers a browser with the web page', async () => {
    const { headers, text } = await api.ask('/', { headers: { Accept: BROWSER } });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toMatch(/^<!doctype html>/i);
  });

  it('answers any other client with a welcome', async () => {
    const { json } = await api.ask('/');
    expect(json).toMatchObject({ message: 'Hello World', service: 'keepsake', version });
  });

  it('links only to what answers', async () => {
    const { links } = (await api.ask('/')).json;
    const answers = await Promise.all(Object.values<string>(links).map((link) => api.ask(link)));
    // The text tools are linked to without their text.
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 400)).toEqual(
      [],
    );
  });

  it('tells caches that the answer varies', async () => {
    expect((await api.ask('/')).headers.vary).toBe('Accept');
    expect((await api.ask('/', { headers: { Accept: BROWSER } })).headers.vary).toBe(
      'Accept, Accept-Encoding',
    );
  });
});

describe.each([
  ['/', 'text/html; charset=utf-8'],
  ['/page.css', 'text/css; charset=utf-8'],
  ['/page.js', 'text/javascript; charset=utf-8'],
  ['/icon.svg', 'image/svg+xml'],
])("The page's file %s", (path, type) => {
  const api = startApi();
  const get = (headers = {}) => api.ask(path, { headers: { Accept: BROWSER, ...headers } });

  it('has its type', async () => {
    expect((await get()).headers['content-type']).toBe(type);
  });

  it('is asked for each time, whether it is still the same', async () => {
    const { headers } = await get();
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers.etag).toMatch(/^"[\w-]{43}"$/);
  });

  it('is not sent again while it is the same', async () => {
    const { etag = '' } = (await get()).headers;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, text, headers } = await get({ 'If-None-Match': known });
      expect({ status, text, etag: headers.etag }).toEqual({ status: 304, text: '', etag });
    }
  });

  it('is sent again when it is another', async () => {
    const { status, text } = await get({ 'If-None-Match': '"other"' });
    expect(status).toBe(200);
    expect(text).toBe((await get()).text);
  });
});
