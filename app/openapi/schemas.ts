import { NAME_PATTERN } from '../history/record-name';

export type Schema = Record<string, unknown>;

export const ref = (name: keyof typeof schemas): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object with exactly these members. */
const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const text: Schema = { type: 'string' };
const url: Schema = { type: 'string', format: 'uri-reference' };
const fileName: Schema = { type: 'string', pattern: NAME_PATTERN };

/** What answers carry. */
export const schemas = {
  Welcome: object({
    message: { const: 'Hello World' },
    service: { const: 'keepsake' },
    version: text,
    links: { type: 'object', additionalProperties: url },
  }),
  FileName: fileName,
  File: object({ file: fileName, createdAt: { type: 'string', format: 'date-time' } }),
  Files: object({
    files: { type: 'array', items: fileName, maxItems: 1000, uniqueItems: true },
    total: {
      type: ['integer', 'null'],
      minimum: 0,
      description:
        'How many files there are in all; null while a long history is being counted for the first time.',
    },
    next: { type: ['string', 'null'], format: 'uri-reference', description: 'The URL of the next page.' },
  }),
  Palindrome: object({
    text,
    palindrome: { type: 'boolean' },
    normalized: { type: 'string', minLength: 1, description: 'What was compared with its reverse.' },
  }),
  Sentence: object({
    word: text,
    number: { type: 'integer', minimum: 0, maximum: 10 },
    palindrome: { type: 'boolean' },
    sentence: text,
  }),
  RandomString: object({
    value: { type: 'string', minLength: 1, maxLength: 1024 },
    length: { type: 'integer', minimum: 1, maximum: 1024 },
    alphabet: text,
  }),
  Status: object({ status: { enum: ['ok', 'ready'] } }),
  Problem: object({
    type: { const: 'about:blank' },
    title: text,
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What is wrong and what is allowed.' },
    instance: { type: 'string', format: 'uri', description: 'This occurrence, as the log names it.' },
  }),
} satisfies Record<string, Schema>;
