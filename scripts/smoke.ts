import assert from 'node:assert/strict';
import { Deployment } from './deployment';
import { exitWith } from './exit-with';

// Checks a running deployment from the outside: `npm run smoke -- http://…`. Prints a line for each expectation, and
// exits with 0 when all hold, 1 when one does not or nothing answers, 2 when it is called wrongly.

const USAGE = 'Usage: npm run smoke -- URL, with the URL of a deployment such as http://localhost:8080';
const FILE = /^include-me-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.txt$/;
const UNKNOWN = 'include-me-00000000-0000-7000-8000-000000000000.txt';

const origin = originOf(process.argv[2]);
const deployment = new Deployment(origin);

const checks: Record<string, () => Promise<void>> = {
  'GET / welcomes a program': async () => {
    const { message, service, links } = await deployment.json('/');
    assert.equal(message, 'Hello World');
    assert.equal(service, 'keepsake');
    assert.equal(links.files, '/files');
  },
  'GET / shows a browser the page, with its style and script': async () => {
    const page = await deployment.text('/', 'text/html');
    const parts = [...page.matchAll(/(?:href|src)="(\/[^"]+\.\w+)"/g)].map(([, path]) => path as string);
    assert.ok(parts.length >= 2, `the page names its parts, not ${page.slice(0, 80)}`);
    for (const path of parts) await deployment.get(path);
  },
  'GET /file names a file and when it was made': async () => {
    const { file, createdAt } = await deployment.json('/file');
    assert.match(file, FILE);
    assert.ok(Date.parse(createdAt) <= Date.now() + 60_000, `${createdAt} has passed`);
    assert.match((await deployment.text('/file')).trim(), FILE);
  },
  "GET /files lists files, and never the answering container's own": async () => {
    const own = await deployment.ownFiles();
    for (let i = 0; i < 5; i++) {
      const names = (await deployment.text('/files')).split('\n').filter(Boolean);
      for (const name of names) assert.match(name, FILE);
      assert.deepEqual(names, names.toSorted().toReversed(), 'newest first');
      // Any container may have answered; whichever did leaves out its own.
      const missing = own.filter((name) => !names.includes(name));
      assert.ok(missing.length > 0, `one of ${own} is left out`);
    }
  },
  'GET /files answers page by page': async () => {
    const response = await deployment.get('/files?limit=1');
    const { files, total, next } = JSON.parse(await response.text());
    assert.ok(
      files.length <= 1 && (total === null || total >= files.length),
      `one name of ${total}, not ${files}`,
    );
    if (next === null) return;
    assert.equal(response.headers.get('link'), `<${next}>; rel="next"`);
    const { files: older } = await deployment.json(next);
    // Another container may answer this one, and leaves out its own: of two names before, none may be left.
    assert.ok(older.length === 1 || total <= 2, `one more name of ${total}, not ${older.length}`);
    for (const name of older) assert.ok(name < files[0], `${name} is older than ${files[0]}`);
  },
  'GET /files/{name} answers the text of a file': async () => {
    const [name] = await deployment.ownFiles();
    const text = await deployment.text(`/files/${name}`);
    assert.ok(text.includes(name as string), `the text of ${name} names it`);
  },
  'GET /files/{name} refuses what is no file': async () => {
    await deployment.problem(404, `/files/${UNKNOWN}`);
    await deployment.problem(400, '/files/..%2f..%2fetc%2fpasswd');
  },
  'GET and POST /palindrome check a text': async () => {
    const text = 'A man, a plan, a canal: Panama';
    const expected = { text, palindrome: true, normalized: 'amanaplanacanalpanama' };
    assert.deepEqual(await deployment.json(`/palindrome?text=${encodeURIComponent(text)}`), expected);
    assert.deepEqual(await deployment.post('/palindrome', { text }), expected);
    assert.equal((await deployment.json('/palindrome?text=keepsake')).palindrome, false);
    await deployment.problem(400, '/palindrome');
  },
  'GET and POST /sentence make a sentence of a word': async () => {
    for (const answer of [
      await deployment.json('/sentence?word=level'),
      await deployment.post('/sentence', { word: 'level' }),
    ]) {
      assert.equal(answer.palindrome, true);
      assert.ok(
        answer.sentence.includes('level') && answer.sentence.includes(answer.number),
        answer.sentence,
      );
    }
    await deployment.problem(400, '/sentence?word=two%20words');
  },
  'GET /random-string draws another string each time': async () => {
    const [first, second] = [
      await deployment.json('/random-string'),
      await deployment.json('/random-string'),
    ];
    assert.match(first.value, /^[A-Za-z0-9]{16}$/);
    assert.notEqual(first.value, second.value);
    assert.match((await deployment.json('/random-string?length=8&alphabet=digits')).value, /^\d{8}$/);
    await deployment.problem(400, '/random-string?length=0');
  },
  'GET /healthz and /readyz answer 200': async () => {
    await deployment.get('/healthz');
    await deployment.get('/readyz');
  },
  'GET /openapi.json describes every route': async () => {
    const { openapi, paths } = await deployment.json('/openapi.json');
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
  'anything else is refused with a problem document': async () => {
    await deployment.problem(404, '/nowhere');
    const refused = await deployment.problem(405, '/files', { method: 'DELETE' });
    assert.match(refused.headers.get('allow') ?? 'none', /\bGET\b/);
    await deployment.problem(415, '/palindrome', { method: 'POST', body: 'text' });
    const headers = { 'Content-Type': 'application/json' };
    await deployment.problem(400, '/palindrome', { method: 'POST', headers, body: '{' });
    await deployment.problem(413, '/palindrome', { method: 'POST', headers, body: 'x'.repeat(65 * 1024) });
  },
};

function originOf(text: string | undefined): string {
  const url = text && URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  console.error(text ? `${text} is not an HTTP URL. ${USAGE}` : USAGE);
  process.exit(2);
}

async function main(): Promise<number> {
  try {
    await deployment.reach();
  } catch (error) {
    const { cause, message } = error as { cause?: NodeJS.ErrnoException; message: string };
    console.error(`Nothing answers at ${origin}: ${cause?.code ?? cause?.message ?? message}`);
    return 1;
  }
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok    ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}
      expected: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  console.log(`\n${Object.keys(checks).length - failed} passed, ${failed} failed at ${origin}`);
  return failed ? 1 : 0;
}

exitWith(main());
