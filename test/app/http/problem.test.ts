import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import pino from 'pino';
import { HistoryOverloadedError, HistoryUnavailableError } from '../../../app/history/errors';
import { answerProblems, notFound, Problem, type ProblemDetails } from '../../../app/http/problem';
import { createHttpServer } from '../../../app/http/server';
import { readWebPage } from '../../../app/web-page';

const DIST = join(__dirname, '../../../dist/web');

const secret = 'the password is secret';
const thrown: Record<string, unknown> = {
  problem: new Problem(404, 'Not here.', { 'X-Why': 'because' }),
  history: new HistoryUnavailableError('The storage failed: EIO.'),
  overload: new HistoryOverloadedError('Too many listings at once.'),
  error: new Error(secret),
  library: Object.assign(new Error(secret), { status: 502 }),
  text: secret,
  nothing: Object.create(null),
};

describe('What a handler throws', () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const app = express();
  const server = createHttpServer(app);
  let origin = '';

  app.get('/:what', async (request) => {
    throw thrown[request.params.what];
  });
  app.post('/late', async (_request, response) => {
    response.write('{');
    throw new Error(secret);
  });
  app.use(notFound, answerProblems(log, readWebPage(DIST).sheet));

  beforeAll(async () => {
    server.listen(0);
    await once(server, 'listening');
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => void lines.splice(0));
  afterAll(() => void server.close());

  const ask = async (path: string, headers = {}) => {
    const response = await fetch(origin + path, { headers });
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    return { headers: response.headers, problem: (await response.json()) as ProblemDetails };
  };

  it('as a problem is answered as it says', async () => {
    const { headers, problem } = await ask('/problem');
    expect(problem).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'Not here.',
      instance: expect.stringMatching(/^urn:uuid:/),
    });
    expect(headers.get('x-why')).toBe('because');
    expect(lines).toEqual([]);
  });

  it.each([
    ['problem', 404, 'There is nothing here'],
    ['history', 503, 'The history cannot be reached'],
    ['error', 500, 'Something went wrong here; it has been logged.'],
  ])('as a %s is answered with a page where a browser asks', async (what, status, text) => {
    const response = await fetch(`${origin}/${what}`, { headers: { Accept: 'text/html,*/*;q=0.8' } });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain(text);
  });

  it('as an unavailable history is answered with the reason and when to try again, and logged', async () => {
    const { headers, problem } = await ask('/history');
    expect(problem).toMatchObject({ status: 503, detail: 'The storage failed: EIO.' });
    expect(headers.get('retry-after')).toBe('2');
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      event: 'history_unavailable',
      url: '/history',
      instance: problem.instance,
    });
  });

  it('as an overloaded history is answered the same way, and is no fault of the storage in the log', async () => {
    const { headers, problem } = await ask('/overload');
    expect(problem).toMatchObject({ status: 503, detail: 'Too many listings at once.' });
    expect(headers.get('retry-after')).toBe('2');
    expect(JSON.parse(lines[0] as string)).toMatchObject({ level: 40, event: 'overloaded' });
  });

  it("is logged and answered under the load balancer's trace id", async () => {
    const root = '1-67891233-abcdef012345678912345678';
    const { problem } = await ask('/error', { 'X-Amzn-Trace-Id': `Root=${root}` });
    expect(problem.instance).toContain(root);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ trace: root });
  });

  it.each(['error', 'library', 'text', 'nothing'])(
    'as %s is kept from the client, and logged',
    async (what) => {
      const { problem } = await ask(`/${what}`);
      expect(problem).toMatchObject({ status: 500, detail: expect.not.stringContaining('secret') });
      expect(JSON.parse(lines[0] as string)).toMatchObject({
        event: 'request_failed',
        instance: problem.instance,
      });
    },
  );

  it('after the answer has begun breaks it off, so that it does not look whole', async () => {
    const response = await fetch(`${origin}/late`, { method: 'POST' });
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('as nothing at all, because there is no such path, is answered with 404', async () => {
    expect((await ask('/no/such/path')).problem).toMatchObject({ status: 404, title: 'Not Found' });
  });
});
