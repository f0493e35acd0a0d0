import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Parameters = Readonly<Record<string, unknown>>;
type Answer = string | object;
/** What AWS answers to each operation: XML for those of CloudFormation, Elastic Load Balancing and STS, JSON for the others. */
export type Answers = Record<string, Answer | ((parameters: Parameters) => Answer)>;

/** An answer that refuses an operation, in both formats. */
export class Refusal {
  constructor(
    readonly code: string,
    readonly message = '',
  ) {}
}

/** A server that answers AWS's clients as recorded, and the environment that leads this process and others to it. */
export class RecordedAws {
  readonly calls: { operation: string; parameters: Parameters }[] = [];
  answers: Answers = {};
  readonly #server = createServer(async (request, response) => {
    const { operation, parameters } = await read(request);
    this.calls.push({ operation, parameters });
    const given = this.answers[operation] ?? new Refusal('NotRecorded', operation);
    const answer = typeof given === 'function' ? given(parameters) : given;
    response.statusCode = answer instanceof Refusal ? 400 : 200;
    const isXml = request.headers['x-amz-target'] === undefined;
    response.setHeader('content-type', isXml ? 'text/xml' : 'application/x-amz-json-1.1');
    response.end(isXml ? xml(operation, answer) : json(answer));
  });

  async start(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    Object.assign(process.env, this.environment);
  }

  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

async function read(request: IncomingMessage): Promise<{ operation: string; parameters: Parameters }> {
  const body = await text(request);
  const target = request.headers['x-amz-target'];
  if (target) return { operation: `${target}`.split('.').at(-1) ?? '', parameters: JSON.parse(body || '{}') };
  const { Action = '', ...parameters } = Object.fromEntries(new URLSearchParams(body));
  return { operation: Action, parameters };
}

function xml(operation: string, answer: Answer): string {
  if (!(answer instanceof Refusal))
    return `<${operation}Response><${operation}Result>${answer}</${operation}Result></${operation}Response>`;
  return `<ErrorResponse><Error><Code>${answer.code}</Code><Message>${answer.message}</Message></Error></ErrorResponse>`;
}

const json = (answer: Answer): string =>
  JSON.stringify(answer instanceof Refusal ? { __type: answer.code, message: answer.message } : answer);

/** The recorded AWS of a test file. */
export function recordedAws(): RecordedAws {
  const aws = new RecordedAws();
  beforeAll(() => aws.start());
  afterAll(() => aws.stop());
  beforeEach(() => {
    aws.calls.length = 0;
    aws.answers = {};
  });
  return aws;
}

export const member = (...items: string[]): string =>
  items.map((item) => `<member>${item}</member>`).join('');

/** XML elements of names and texts. */
export const elements = (texts: Readonly<Record<string, string | boolean>>): string =>
  Object.entries(texts)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
