import fastify from 'fastify';
import { History } from '../../app/history/history';
import { createdAt, newRecordName } from '../../app/history/record-name';

// The same three routes in Fastify, on the same history, as its documentation advises: schemas for the answers.

const [directory, headersAsJson] = process.argv.slice(2) as [string, string];
const headers = JSON.parse(headersAsJson);
const own = newRecordName();
const history = new History({ directory, own });
const app = fastify();

const string = { type: 'string' };
const answer = (properties: object) => ({ schema: { response: { 200: { type: 'object', properties } } } });

app.addHook('onRequest', async (_request, reply) => {
  reply.headers(headers);
});
app.get('/healthz', answer({ status: string }), async () => ({ status: 'ok' }));
app.get('/file', answer({ file: string, createdAt: string }), async () => ({
  file: own,
  createdAt: createdAt(own).toISOString(),
}));
app.get(
  '/files',
  answer({
    files: { type: 'array', items: string },
    total: { type: 'integer' },
    next: { ...string, nullable: true },
  }),
  async (request, reply) => {
    const { limit } = request.query as { limit: string };
    const page = await history.page({ limit: Number(limit) });
    const next = page.next && `/files?limit=${limit}&after=${page.next}`;
    if (next) reply.header('Link', `<${next}>; rel="next"`);
    return { files: page.names.toNames(), total: page.total, next };
  },
);
app.listen({ port: 0 }).then((origin) => {
  console.log(JSON.stringify({ event: 'listening', port: Number(new URL(origin).port) }));
});
