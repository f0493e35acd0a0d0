import assert from 'node:assert/strict';
import type { ApiClient } from './api-client';

const FILE = /^include-me-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.txt$/;
const UNKNOWN = 'include-me-00000000-0000-7000-8000-000000000000.txt';

/** What must hold for any deployment, whatever firewall stands before it. */
export const expectations: Record<string, (api: ApiClient) => Promise<void>> = {
  'GET / welcomes a program': async (api) => {
    const { message, service, links } = await api.json('/');
    assert.equal(message, 'Hello World');
    assert.equal(service, 'keepsake');
    assert.equal(links.files, '/files');
  },
  'GET / shows a browser the page, with its style and script': async (api) => {
    const page = await api.text('/', 'text/html');
    const parts = [...page.matchAll(/(?:href|src)="(\/[^"]+\.\w+)"/g)].map(([, path]) => path as string);
    assert.ok(parts.length >= 2, `the page names its parts, not ${page.slice(0, 80)}`);
    for (const path of parts) await api.get(path);
  },
  'GET /file names a file and when it was made': async (api) => {
    const { file, createdAt } = await api.json('/file');
    assert.match(file, FILE);
    assert.ok(Date.parse(createdAt) <= Date.now() + 60_000, `${createdAt} has passed`);
    assert.match((await api.text('/file')).trim(), FILE);
  },
  "GET /files lists files, and never the answering container's own": async (api) => {
    const own = await api.ownFiles();
    for (let i = 0; i < 5; i++) {
      const names = (await api.text('/files')).split('\n').filter(Boolean);
      for (const name of names) assert.match(name, FILE);
      assert.deepEqual(names, names.toSorted().toReversed(), 'newest first');
      // Any container may have answered; whichever did leaves out its own.
      const missing = own.filter((name) => !names.includes(name));
      assert.ok(missing.length > 0, `one of ${own} is left out`);
    }
  },
  'GET /files answers page by page': async (api) => {
    const response = await api.get('/files?limit=1');
    const { files, total, next } = JSON.parse(await response.text());
    assert.ok(
      files.length <= 1 && (total === null || total >= files.length),
      `one name of ${total}, not ${files}`,
    );
    if (next === null) return;
    assert.equal(response.headers.get('link'), `<${next}>; rel="next"`);
    const { files: older } = await api.json(next);
    // Another container may answer this one, and leaves out its own: of two names before, none may be left.
    assert.ok(older.length === 1 || total <= 2, `one more name of ${total}, not ${older.length}`);
    for (const name of older) assert.ok(name < files[0], `${name} is older than ${files[0]}`);
  },
  'GET /files/{name} answers the text of a file': async (api) => {
    const [name] = await api.ownFiles();
    const text = await api.text(`/files/${name}`);
    assert.ok(text.includes(name as string), `the text of ${name} names it`);
  },
  'GET /files/{name} refuses what is no file': async (api) => {
    await api.problem(404, `/files/${UNKNOWN}`);
    await api.problem(400, '/files/not-of-the-form');
  },
  'GET and POST /palindrome check a text': async (api) => {
    const text = 'A man, a plan, a canal: Panama';
    const expected = { text, palindrome: true, normalized: 'amanaplanacanalpanama' };
    assert.deepEqual(await api.json(`/palindrome?text=${encodeURIComponent(text)}`), expected);
    assert.deepEqual(await api.post('/palindrome', { text }), expected);
    assert.equal((await api.json('/palindrome?text=keepsake')).palindrome, false);
    await api.problem(400, '/palindrome');
  },
  'GET and POST /sentence make a sentence of a word': async (api) => {
    for (const answer of [
      await api.json('/sentence?word=level'),
      await api.post('/sentence', { word: 'level' }),
    ]) {
      assert.equal(answer.palindrome, true);
      assert.ok(
        answer.sentence.includes('level') && answer.sentence.includes(answer.number),
        answer.sentence,
      );
    }
    await api.problem(400, '/sentence?word=two%20words');
  },
  'GET /random-string draws another string each time': async (api) => {
    const [first, second] = [await api.json('/random-string'), await api.json('/random-string')];
    assert.match(first.value, /^[A-Za-z0-9]{16}$/);
    assert.notEqual(first.value, second.value);
    assert.match((await api.json('/random-string?length=8&alphabet=digits')).value, /^\d{8}$/);
    await api.problem(400, '/random-string?length=0');
  },
  'GET /healthz and /readyz answer 200': async (api) => {
    await api.get('/healthz');
    await api.get('/readyz');
  },
  'GET /openapi.json describes every route': async (api) => {
    const { openapi, paths } = await api.json('/openapi.json');
    assert.match(openapi, /^3\.1\./);
    for (const path of [
      '/',
      '/file',
      '/files',
      '/files/{name}',
      '/palindrome',
      '/sentence',
      '/random-string',
    ]) {
      assert.ok(path in paths, `${path} is described`);
    }
  },
  'anything else is refused with a problem document': async (api) => {
    await api.problem(404, '/nowhere');
    const refused = await api.problem(405, '/files', { method: 'DELETE' });
    assert.match(refused.headers.get('allow') ?? 'none', /\bGET\b/);
    await api.problem(415, '/palindrome', { method: 'POST', body: 'text' });
    const headers = { 'Content-Type': 'application/json' };
    await api.problem(400, '/palindrome', { method: 'POST', headers, body: '{' });
    await api.problem(413, '/palindrome', { method: 'POST', headers, body: 'x'.repeat(65 * 1024) });
  },
};
