// The same routes in Fastify, with the same text tools and history, as its documentation advises: schemas for input and answers,
// and compression as @fastify/compress does it. Schemas, headers and what never changes are those of the API at ORIGIN.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { History } from '../../app/history/history';
import { newRecordName } from '../../app/history/record-name';
import { checkPalindrome } from '../../app/text/palindrome';
import { randomString } from '../../app/text/random-string';
import { makeSentence } from '../../app/text/sentence';

const { ORIGIN, PORT, HISTORY_DIR: directory = '' } = process.env;
const OF_ONE_ANSWER = /^(content-|connection|keep-alive|date|etag|vary)/;
const history = new History({ directory, own: newRecordName() });
const compress = promisify(gzip);

// biome-ignore lint/suspicious/noExplicitAny: as the schemas say.
type Handler = (input: any, reply: FastifyReply, request: FastifyRequest) => unknown;

const palindrome: Handler = ({ text, strict }) => ({ text, ...checkPalindrome(text, { strict }) });
const sentence: Handler = ({ word }) => makeSentence(word);
/** By the names of the operations. What is not here never changes. */
const HANDLERS: Record<string, Handler> = {
  getReadiness: () => history.check().then(() => ({ status: 'ready' })),
  async listFiles({ limit, after }, reply) {
    const { names, total, next: cursor } = await history.page({ limit, after });
    const next = cursor && `/files?limit=${limit}&after=${cursor}`;
    if (next) reply.header('Link', `<${next}>; rel="next"`);
    return { files: names.toLines().toString('latin1').trimEnd().split('\n'), total, next };
  },
  getFileText: async (_input, reply, { params }) =>
    reply.type('text/plain').send(await history.read((params as { name: string }).name)),
  checkPalindrome: palindrome,
  checkLongPalindrome: palindrome,
  makeSentence: sentence,
  makeLongSentence: sentence,
  drawRandomString: ({ length, alphabet }) => ({ value: randomString(length, alphabet), length, alphabet }),
};

const ask = (path: string, accept = '*/*') => fetch(ORIGIN + path, { headers: { accept } });

/** Sends what the API answers, by the type that the client accepts. */
async function constant(path: string, types: string[]): Promise<Handler> {
  const answers = new Map<string | undefined, Buffer>();
  for (const type of types) answers.set(type, Buffer.from(await (await ask(path, type)).arrayBuffer()));
  return (_input, reply, { headers: { accept } }) => reply.type(accept as string).send(answers.get(accept));
}

// biome-ignore lint/suspicious/noExplicitAny: an operation of the document.
function schemaOf({ parameters = [], requestBody, responses }: any) {
  const query = parameters.filter((parameter: { in: string }) => parameter.in === 'query');
  const properties = Object.fromEntries(query.map(({ name, schema }: never) => [name, schema]));
  return {
    ...(query.length > 0 && { querystring: { type: 'object', properties } }),
    ...(requestBody && { body: requestBody.content['application/json'].schema }),
    response: { 200: responses[200].content['application/json']?.schema ?? {} },
  };
}

async function main() {
  const app = fastify();
  const shared = [...(await ask('/healthz')).headers].filter(([name]) => !OF_ONE_ANSWER.test(name));
  const headers = Object.fromEntries(shared);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.headers['accept-encoding'] || String(payload).length < 1024) return payload;
    reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding');
    return compress(payload as string);
  });
  const document = (await (await ask('/openapi.json')).text()).replaceAll('#/components', 'api#/components');
  const { components, paths } = JSON.parse(document);
  app.addSchema({ $id: 'api', components });
  for (const [path, methods] of Object.entries<object>(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const types = Object.keys(operation.responses[200].content);
      const handle = HANDLERS[operation.operationId] ?? (await constant(path, types));
      app.route({
        method: method.toUpperCase(),
        url: path.replace(/\{(\w+)\}/, ':$1'),
        schema: schemaOf(operation),
        handler: (request, reply) => handle(request.body ?? request.query, reply, request),
      });
    }
  }
  const origin = await app.listen({ port: Number(PORT), host: '::' });
  console.log(JSON.stringify({ event: 'listening', port: new URL(origin).port }));
}

main();
