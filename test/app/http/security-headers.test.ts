import { ROUTES } from '../../../app/api';
import { openApiDocument } from '../../../app/openapi/document';
import { startApi } from '../../support/api';
import { SECURITY_HEADERS } from '../../support/security-headers';

describe('Every answer', () => {
  const api = startApi();
  const paths = Object.keys(openApiDocument(ROUTES).paths as object).map((path) =>
    path.replace('{name}', api.own),
  );

  it.each([...paths, '/nothing'])(
    'of %s has the security headers, and does not say what made it',
    async (path) => {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE']) {
        const { headers } = await api.ask(path, { method });
        expect(headers).toMatchObject(SECURITY_HEADERS);
        expect(headers).not.toHaveProperty('x-powered-by');
        expect(headers).not.toHaveProperty('server');
      }
    },
  );

  it('lets the page load nothing but its own files', () => {
    expect(SECURITY_HEADERS['content-security-policy']).not.toMatch(/unsafe|\*|http|data:/);
  });
});
