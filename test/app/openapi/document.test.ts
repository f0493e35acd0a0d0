import { Validator } from '@seriousme/openapi-schema-validator';
import { ROUTES } from '../../../app/api';
import { newRecordName, recordId } from '../../../app/history/record-name';
import { openApiDocument } from '../../../app/openapi/document';
import { startApi } from '../../support/api';

// biome-ignore lint/suspicious/noExplicitAny: the document is walked by names that only it knows.
type Any = any;

/** Values for what a pattern describes. */
const ID = recordId(newRecordName());
const EXAMPLES: Values = { text: 'level', word: 'level', after: ID, before: ID };
const examplesFor = (names: string[]): Values =>
  Object.fromEntries(names.map((name) => [name, EXAMPLES[name]]));

describe('The OpenAPI document', () => {
  const api = startApi();
  const document = openApiDocument(ROUTES) as Any;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as object).map(([method, operation]): Place => ({ path, method, operation })),
  );

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate({ ...document })).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('is what the API serves', async () => {
    expect((await api.ask('/openapi.json')).json).toEqual(document);
  });

  it('describes every route that there is, and nothing else', () => {
    const described = operations.map(({ method, path }) => `${method} ${path}`);
    expect(described).toEqual(
      ROUTES.flatMap(({ path, post }) => [`get ${path}`, ...(post ? [`post ${path}`] : [])]),
    );
  });

  const parameters = operations.flatMap((place) =>
    (place.operation.parameters ?? [])
      .filter((parameter: Any) => parameter.in === 'query')
      .map((parameter: Any): [string, Input] => [
        `${parameter.name} of ${place.method} ${place.path}`,
        { ...place, ...parameter, ask: (value) => askWith(place, { [parameter.name]: value }) },
      ]),
  );
  const members = operations.flatMap((place) => {
    const schema = place.operation.requestBody?.content['application/json'].schema;
    return Object.entries(schema?.properties ?? {}).map(([name, property]): [string, Input] => [
      `${name} of ${place.method} ${place.path}`,
      {
        ...place,
        name,
        schema: property,
        required: schema.required.includes(name),
        ask: (value) => sendWith(place, { [name]: value }),
      },
    ]);
  });

  describe.each([...parameters, ...members])('%s', (_name, { name, schema, required, ask }) => {
    const { takes, refuses } = edgesOf(name, schema);

    it.each(takes)('takes %j', async (value) => {
      expect((await ask(value)).status).toBe(200);
    });

    it.each(refuses)('refuses %j', async (value) => {
      const { status, json } = await ask(value);
      expect({ status, detail: json.detail }).toEqual({ status: 400, detail: expect.stringContaining(name) });
    });

    it(required ? 'is required' : 'may be left out', async () => {
      expect((await ask(undefined)).status).toBe(required ? 400 : 200);
    });
  });

  it.each(['length', 'alphabet'])('names the default of %s that is answered', async (name) => {
    const [, { schema }] = parameters.find(([, parameter]) => parameter.name === name) as [string, Input];
    expect((await api.ask('/random-string')).json[name]).toBe(schema.default);
  });

  function askWith({ path, operation }: Place, given: Values) {
    const required = operation.parameters.filter((parameter: Any) => parameter.required);
    const values = { ...examplesFor(required.map((parameter: Any) => parameter.name)), ...given };
    const query = Object.entries(values).filter(([, value]) => value !== undefined) as [string, string][];
    return api.ask(`${path}?${new URLSearchParams(query)}`);
  }

  function sendWith({ path, method, operation }: Place, given: Values) {
    const { required } = operation.requestBody.content['application/json'].schema;
    const body = JSON.stringify({ ...examplesFor(required), ...given });
    return api.ask(path, {
      method: method.toUpperCase(),
      headers: { 'Content-Type': 'application/json' },
      body,
    });
  }
});

interface Place {
  path: string;
  method: string;
  operation: Any;
}

interface Input extends Place {
  name: string;
  schema: Any;
  required: boolean;
  ask(value: unknown): Promise<Any>;
}

type Values = Record<string, unknown>;

/** Values on both sides of what the schema sets as the edge. */
function edgesOf(name: string, schema: Any): { takes: unknown[]; refuses: unknown[] } {
  const { type, minimum, maximum, minLength, maxLength, pattern } = schema;
  if (schema.enum) return { takes: schema.enum, refuses: ['', 'another', schema.enum.join()] };
  if (type === 'boolean') return { takes: [true, false], refuses: ['', 'maybe', 1] };
  if (type === 'integer')
    return { takes: [minimum, maximum], refuses: ['', minimum - 1, maximum + 1, minimum + 0.5, 'one'] };
  if (pattern) return { takes: [EXAMPLES[name]], refuses: ['', '?', `${EXAMPLES[name]} `] };
  if (type === 'string' && minLength && maxLength)
    return {
      takes: ['a'.repeat(minLength), 'a'.repeat(maxLength)],
      refuses: ['', 'a'.repeat(maxLength + 1)],
    };
  throw new Error(`${name} has no edges: ${JSON.stringify(schema)}`);
}
