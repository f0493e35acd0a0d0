import { ROUTES } from '../../../app/api';
import { openApiDocument } from '../../../app/openapi/document';
import { type Answer, startApi } from '../../support/api';

const POSTED = ['/palindrome', '/sentence'];

describe.each(Object.keys(openApiDocument(ROUTES).paths as object))('The resource %s', (template) => {
  const api = startApi();
  beforeAll(() => api.publish());
  const path = () => template.replace('{name}', api.own);
  const allow = POSTED.includes(template) ? 'GET, HEAD, POST, OPTIONS' : 'GET, HEAD, OPTIONS';

  it('lists its methods to OPTIONS', async () => {
    const { status, headers, text } = await api.ask(path(), { method: 'OPTIONS' });
    expect({ status, allow: headers.allow, text }).toEqual({ status: 204, allow, text: '' });
  });

  it('refuses other methods, and says which there are', async () => {
    const { status, headers, json } = await api.ask(path(), { method: 'DELETE' });
    expect({ status, allow: headers.allow, detail: json.detail }).toEqual({
      status: 405,
      allow,
      detail: `This takes ${allow}, but not DELETE.`,
    });
  });

  it.each(['*/*', 'text/html', 'text/plain'])(
    'answers HEAD as GET, without the body, as %s',
    async (Accept) => {
      const get = await api.ask(path(), { headers: { Accept } });
      const head = await api.ask(path(), { method: 'HEAD', headers: { Accept } });
      expect(head.text).toBe('');
      expect(withoutFraming(head)).toEqual(withoutFraming(get));
      // Where it is known beforehand: not of a stream.
      expect(head.headers['content-length']).toBe(get.headers['content-length']);
    },
  );
});

function withoutFraming({ status, headers }: Answer) {
  const { date, 'transfer-encoding': coding, ...others } = headers;
  return { status, headers: others };
}
