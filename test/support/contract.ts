import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { ROUTES } from '../../app/api';
import { openApiDocument } from '../../app/openapi/document';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The body as it came. */
  text: string;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(openApiDocument(ROUTES), 'contract');

// biome-ignore lint/suspicious/noExplicitAny: the document is walked by names that only it knows.
const { paths } = openApiDocument(ROUTES) as any;

/** Fails unless the answer is one that /openapi.json describes for the request. */
export function expectContract(method: string, url: string, answer: Answer): void {
  // As it was sent: `/files/../file` is not `/file` here.
  const [path = ''] = url.split('?');
  const template = Object.keys(paths).find((candidate) => pattern(candidate).test(path));
  const operation = template && paths[template][method === 'HEAD' ? 'get' : method.toLowerCase()];
  const status = String(answer.status);
  const what = `${method} ${url} answered ${status}`;

  if (method === 'OPTIONS' && answer.status === 204 && answer.headers.allow) return;
  const type = String(answer.headers['content-type'] ?? '').split(';')[0] as string;
  if (!operation || !(status in operation.responses)) {
    // Only what is nobody's own may go without an entry: a 404 of no path, a 405, what the parser refuses.
    if (![400, 404, 405, 408, 413, 417, 431].includes(answer.status))
      throw new Error(`${what}, which is undocumented`);
    if (method === 'HEAD' || type === 'text/html') return;
    validate('#/components/schemas/Problem', type, 'application/problem+json', answer.text, what);
    return;
  }
  const { content } = operation.responses[status];
  if (!content && answer.text) throw new Error(`${what} with content, which is undocumented`);
  if (content && !content[type]) throw new Error(`${what} as ${type}, which is undocumented`);
  if (!content || method === 'HEAD') return;
  const pointer = ['paths', template, method.toLowerCase(), 'responses', status, 'content', type, 'schema'];
  validate(`#/${pointer.map(escapePointer).join('/')}`, type, type, answer.text, what);
}

function validate(reference: string, type: string, expected: string, text: string, what: string): void {
  if (type !== expected) throw new Error(`${what} as ${type}, not ${expected}`);
  const check = ajv.getSchema(`contract${reference}`) as ValidateFunction;
  if (!check(type.endsWith('json') ? JSON.parse(text) : text)) {
    throw new Error(`${what} with ${text.slice(0, 200)}: ${ajv.errorsText(check.errors)}`);
  }
}

const pattern = (template: string) =>
  new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
const escapePointer = (part: string) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'));
