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
