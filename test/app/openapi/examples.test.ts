import { ROUTES } from '../../../app/api';
import { examplesOf } from '../../../app/openapi/examples';
import { startApi } from '../../support/api';

describe('The example', () => {
  const api = startApi();
  const all = ROUTES.flatMap((route) => examplesOf(route, api.own));

  it.each(
    all.map(
      (example) => [`${example.method} ${example.path} as ${example.headers.Accept}`, example] as const,
    ),
  )('%s is answered with 200', async (_name, { method, path, headers, body }) => {
    const answer = await api.ask(path, { method, headers, ...(body && { body }) });
    expect(answer.status).toBe(200);
    if (headers.Accept) expect(answer.headers['content-type']).toContain(headers.Accept);
  });

  it('of each operation is there, under a name of its own', () => {
    const operations = ROUTES.flatMap(({ get, post }) => (post ? [get, post] : [get]));
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(all.map(({ operationId }) => operationId))).toEqual(new Set(names));
  });
});
