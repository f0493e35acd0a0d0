import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Container, startContainer } from '../support/process';
import { runScript } from '../support/script';
import { temporaryDirectory } from '../support/temporary';

const smoke = (...args: string[]) => runScript('scripts/smoke.ts', args).ended;

type Sabotage = (answer: {
  path: string;
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}) => void;

describe('npm run smoke', () => {
  let first: Container;
  let container: Container;
  beforeAll(async () => {
    const HISTORY_DIR = temporaryDirectory();
    const start = () => startContainer({ HISTORY_DIR, GENERATED_DIR: temporaryDirectory() });
    first = await start();
    await (await start()).end();
    container = await start();
  });

  const toLast = () => container;

  /** Stands before the containers: spoils their answers, or lets another one answer. */
  function relayed(spoil: Sabotage, choose: (path: string) => Container = toLast): Promise<string> {
    const server = createServer(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const { method, url = '/', headers } = incoming;
      const forwarded = request(choose(url).origin + url, {
        method: method as string,
        headers: { ...headers, 'accept-encoding': 'identity' }, // so that its text can be spoilt
      });
      incoming.pipe(forwarded);
      const [response] = (await once(forwarded, 'response')) as [IncomingMessage];
      const answer = {
        path: url,
        status: response.statusCode as number,
        headers: response.headers,
        body: await text(response),
      };
      spoil(answer);
      const { 'content-length': _, 'transfer-encoding': __, ...rest } = answer.headers;
      outgoing.writeHead(answer.status, rest).end(answer.body);
    });
    return originOf(server);
  }

  /** Lets it listen, until the end of the tests. */
  async function originOf(server: Server): Promise<string> {
    await once(server.listen(0), 'listening');
    closing.push(() => server.close());
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }
  const closing: (() => void)[] = [];
  afterAll(() => {
    for (const close of closing) close();
  });

  it('exits with 0 when every expectation holds', async () => {
    const { code, output } = await smoke(container.origin);
    expect(output).toMatch(/\n\d+ passed, 0 failed at http/);
    expect(code).toBe(0);
  });

  it('accepts a second page that is empty, because the container that answers it leaves out its own', async () => {
    const origin = await relayed(
      () => {},
      (path) => (path.includes('after=') ? first : container),
    );
    const { output } = await smoke(origin);
    expect(output).toContain('ok    files are listed page by page\n');
  });

  const sabotages: [string, Sabotage, string][] = [
    [
      'a container that lists its own file',
      (answer) => {
        if (answer.path === '/files' && answer.headers['content-type']?.includes('text'))
          answer.body = `${container.file}\n${answer.body}`;
      },
      "FAIL  files are listed newest first, and never the answering container's own\n      expected: one of include-me-",
    ],
    [
      'a second page that repeats the first',
      (answer) => {
        if (answer.path.includes('after=')) answer.body = JSON.stringify({ files: [container.file] });
      },
      'FAIL  files are listed page by page\n      expected: include-me-',
    ],
    [
      'an answer without its Content-Security-Policy',
      ({ path, headers }) => {
        if (path === '/healthz') delete headers['content-security-policy'];
      },
      'FAIL  GET /healthz answers as described\n      expected: GET /healthz has its CSP',
    ],
    [
      'a route that fails',
      (answer) => {
        if (answer.path.startsWith('/sentence')) answer.status = 500;
      },
      'FAIL  GET and POST /sentence answers as described\n      expected: GET /sentence?',
    ],
    [
      'an answer that is not as its schema says',
      (answer) => {
        if (answer.path === '/palindrome?text=level')
          answer.body = JSON.stringify({ text: 'level', palindrome: true });
      },
      'FAIL  GET and POST /palindrome answers as described\n      expected: GET /palindrome?text=level answers its schema: ',
    ],
  ];
  it.each(sabotages)('names what does not hold and exits with 1 for %s', async (_what, spoil, expected) => {
    const { code, output } = await smoke(await relayed(spoil));
    expect(output).toContain(expected);
    expect(output).toMatch(/\d+ passed, 1 failed/);
    expect(code).toBe(1);
  });

  it('says in one line that nothing answers, and exits with 1', async () => {
    const ended = await startContainer({
      HISTORY_DIR: temporaryDirectory(),
      GENERATED_DIR: temporaryDirectory(),
    });
    await ended.end();
    expect(await smoke(ended.origin)).toEqual({
      code: 1,
      output: `smoke: nothing answers at ${ended.origin}: ECONNREFUSED\n`,
    });
  });

  // As Docker does for a container that does not listen yet. With the fetch of Node.js 20 it exited with 0, without a word.
  it('says so too where every connection is closed at once', async () => {
    const origin = await originOf(createTcpServer((socket) => socket.end()));
    expect(await smoke(origin)).toEqual({
      code: 1,
      output: `smoke: nothing answers at ${origin}: UND_ERR_SOCKET\n`,
    });
  });

  it.each([
    [[], /^smoke: missing required argument 'url'; usage: npm run smoke -- \[options\] <url>\n$/],
    [['localhost:8080'], /^smoke: "localhost:8080" is not an HTTP URL, such as http:\/\/localhost:8080\n$/],
    [
      ['ftp://localhost'],
      /^smoke: "ftp:\/\/localhost" is not an HTTP URL, such as http:\/\/localhost:8080\n$/,
    ],
  ])('says in one line how to call it for %j, and exits with 2', async (args, line) => {
    const { code, output } = await smoke(...args);
    expect(output).toMatch(line);
    expect(code).toBe(2);
  });
});
