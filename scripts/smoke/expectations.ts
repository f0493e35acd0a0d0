import assert from 'node:assert/strict';
import { prettifyError } from 'zod';
import { ROUTES } from '../../app/api';
import type { Operation, Route } from '../../app/http/route';
import { examplesOf } from '../../app/openapi/examples';
import type { ApiClient } from './api-client';

type Expectation = (api: ApiClient) => Promise<void>;

const UNKNOWN = 'include-me-00000000-0000-7000-8000-000000000000.txt';

/** The examples of a route are answered with what its schemas describe. */
const asDescribed =
  (route: Route): Expectation =>
  async (api) => {
    const [name = UNKNOWN] = await api.ownFiles();
    for (const { method, path, headers, body } of examplesOf(route, name)) {
      const response = await api.ask(path, { method, headers, ...(body ? { body } : {}) });
      const operation = (method === 'POST' ? route.post : route.get) as Operation;
      const content = operation.content();
      const actual = response.headers.get('content-type') ?? 'none';
      const type = headers.Accept ?? Object.keys(content)[0] ?? '';
      assert.ok(actual.startsWith(type), `${method} ${path} answers ${type}, not ${actual}`);
      if (!type.endsWith('json')) continue;
      const { error } = content[type]?.safeParse(await response.json()) ?? {};
      assert.ok(
        !error,
        `${method} ${path} answers its schema: ${error && prettifyError(error).replaceAll('\n', ' ')}`,
      );
    }
  };

const behaviour: Record<string, Expectation> = {
  'the page comes with its style and script': async (api) => {
    const page = await api.text('/', 'text/html');
    const parts = [...page.matchAll(/(?:href|src)="(\/[^"]+\.\w+)"/g)].map(([, path]) => path as string);
    assert.ok(parts.length >= 2, `the page names its parts, not ${page.slice(0, 80)}`);
    for (const path of parts) await api.ask(path);
  },
  "files are listed newest first, and never the answering container's own": async (api) => {
    const own = await api.ownFiles();
    const names = (await api.text('/files')).split('\n').filter(Boolean);
    assert.deepEqual(names, names.toSorted().toReversed(), 'newest first');
    // Any container may have answered; whichever did leaves out its own.
    const isLeftOut = own.some((name) => !names.includes(name));
    assert.ok(isLeftOut, `one of ${own} is left out`);
  },
  'files are listed page by page': async (api) => {
    const response = await api.ask('/files?limit=1');
    const { files, total, next } = JSON.parse(await response.text());
    assert.ok(files.length <= 1, `one name, not ${files}`);
    if (next === null) return;
    assert.equal(response.headers.get('link'), `<${next}>; rel="next"`);
    const { files: older } = JSON.parse(await api.text(next, 'application/json'));
    // Another container may answer this one, and leaves out its own: of two names before, none may be left.
    assert.ok(older.length === 1 || total <= 2, `one more name of ${total}, not ${older.length}`);
    for (const name of older) assert.ok(name < files[0], `${name} is older than ${files[0]}`);
  },
  'what is wrong is refused with a problem document': async (api) => {
    await api.problem(404, '/nowhere');
    await api.problem(404, `/files/${UNKNOWN}`);
    await api.problem(400, '/files/not-of-the-form');
    await api.problem(400, '/random-string?length=0');
    const refused = await api.problem(405, '/files', { method: 'DELETE' });
    assert.match(refused.headers.get('allow') ?? 'none', /\bGET\b/);
    await api.problem(415, '/palindrome', { method: 'POST', body: 'text' });
    const headers = { 'Content-Type': 'application/json' };
    await api.problem(400, '/palindrome', { method: 'POST', headers, body: '{' });
    await api.problem(413, '/palindrome', { method: 'POST', headers, body: 'x'.repeat(65 * 1024) });
  },
};

/** What must hold for any deployment, whatever firewall stands before it. */
export const expectations: Readonly<Record<string, Expectation>> = {
  ...Object.fromEntries(
    ROUTES.map((route) => [
      `${route.post ? 'GET and POST' : 'GET'} ${route.path} answers as described`,
      asDescribed(route),
    ]),
  ),
  ...behaviour,
};
