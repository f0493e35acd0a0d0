import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastify from 'fastify';
import { ROUTES } from '../../app/api';
import { History } from '../../app/history/history';
import { createdAt, newRecordName } from '../../app/history/record-name';
import { openApiDocument } from '../../app/openapi/document';
import { checkPalindrome } from '../../app/text/palindrome';
import { type Alphabet, randomString } from '../../app/text/random-string';
import { makeSentence } from '../../app/text/sentence';

// The same routes in Fastify, with the same text tools and the same history, as its documentation advises: schemas for input
// and answers, and compression as @fastify/compress does it.

const [directory, headersAsJson] = process.argv.slice(2) as [string, string];
const headers = JSON.parse(headersAsJson);
const own = newRecordName();
const history = new History({ directory, own });
const app = fastify();
const compress = promisify(gzip);

const string = { type: 'string' };
const integer = { type: 'integer' };
const boolean = { type: 'boolean' };
const object = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});
const answer = (properties: Record<string, object>) => ({ response: { 200: object(properties) } });

app.addHook('onRequest', async (_request, reply) => {
  reply.headers(headers);
});
app.addHook('onSend', async (request, reply, payload) => {
  if (!request.headers['accept-encoding'] || String(payload).length < 1024) return payload;
  reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding');
  return compress(payload as string);
});

const constant = (path: string, type: string, body: Buffer) =>
  app.get(path, (_request, reply) => reply.type(type).send(body));
const links = object(Object.fromEntries(ROUTES.flatMap(({ link }) => (link ? [[link, string]] : []))));
const welcome = Object.fromEntries(ROUTES.flatMap(({ link, path }) => (link ? [[link, path]] : [])));
const web = (name: string) => readFileSync(join(__dirname, '../../dist/web', name));
const index = web('index.html');
app.get(
  '/',
  { schema: answer({ message: string, service: string, version: string, links }) },
  async ({ headers: { accept } }, reply) =>
    accept === 'text/html'
      ? reply.type('text/html').serializer(String).send(index)
      : { message: 'Hello World', service: 'keepsake', version: '1.0.0', links: welcome },
);
constant('/assets/:hash/page.css', 'text/css', web('page.css'));
constant('/assets/:hash/page.js', 'text/javascript', web('page.js'));
constant('/assets/:hash/icon.svg', 'image/svg+xml', web('icon.svg'));
constant('/openapi.json', 'application/json', Buffer.from(JSON.stringify(openApiDocument(ROUTES))));

app.get('/healthz', { schema: answer({ status: string }) }, async () => ({ status: 'ok' }));
app.get('/readyz', { schema: answer({ status: string }) }, async () => {
  await history.check();
  return { status: 'ready' };
});
app.get(
  '/file',
  { schema: answer({ file: string, createdAt: string }) },
  async ({ headers: { accept } }, reply) =>
    accept === 'text/plain'
      ? reply.type('text/plain').serializer(String).send(`${own}\n`)
      : { file: own, createdAt: createdAt(own).toISOString() },
);

const page = answer({
  files: { type: 'array', items: string },
  total: integer,
  next: { ...string, nullable: true },
});
app.get<{ Querystring: { limit: number; after?: string } }>(
  '/files',
  { schema: { querystring: object({ limit: integer, after: string }), ...page } },
  async ({ query: { limit, after } }, reply) => {
    const { names, total, next: cursor } = await history.page({ limit, after });
    const next = cursor && `/files?limit=${limit}&after=${cursor}`;
    if (next) reply.header('Link', `<${next}>; rel="next"`);
    return { files: names.toLines().toString('latin1').trimEnd().split('\n'), total, next };
  },
);
app.get<{ Params: { name: string } }>('/files/:name', async ({ params }, reply) =>
  reply.type('text/plain').send(await history.read(params.name)),
);

const text = object({ text: { ...string, maxLength: 10_000 }, strict: boolean }, ['text']);
const checked = answer({ text: string, palindrome: boolean, normalized: string });
const check = ({ text, strict }: { text: string; strict?: boolean }) => ({
  text,
  ...checkPalindrome(text, { strict }),
});
app.get('/palindrome', { schema: { querystring: text, ...checked } }, async ({ query }) =>
  check(query as never),
);
app.post('/palindrome', { schema: { body: text, ...checked } }, async ({ body }) => check(body as never));

const word = object({ word: { ...string, pattern: '^(?:[\\p{L}\\p{N}]\\p{M}*){1,100}$' } }, ['word']);
const sentence = answer({ word: string, number: integer, palindrome: boolean, sentence: string });
const made = (input: unknown) => makeSentence((input as { word: string }).word);
app.get('/sentence', { schema: { querystring: word, ...sentence } }, async ({ query }) => made(query));
app.post('/sentence', { schema: { body: word, ...sentence } }, async ({ body }) => made(body));

app.get<{ Querystring: { length: number; alphabet: Alphabet } }>(
  '/random-string',
  {
    schema: {
      querystring: object({
        length: { ...integer, minimum: 1, maximum: 1024, default: 16 },
        alphabet: { ...string, default: 'alphanumeric' },
      }),
      ...answer({ value: string, length: integer, alphabet: string }),
    },
  },
  async ({ query: { length, alphabet } }) => ({ value: randomString(length, alphabet), length, alphabet }),
);

app.listen({ port: Number(process.env.PORT), host: '::' }).then((origin) => {
  console.log(JSON.stringify({ event: 'listening', port: Number(new URL(origin).port) }));
});
