import { startApi } from '../../support/api';

describe('GET /openapi.json', () => {
  const api = startApi();

  it('answers the contract, in OpenAPI 3.1', async () => {
    const { headers, json } = await api.ask('/openapi.json');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(json.paths)).toContain('/files/{name}');
  });
});
