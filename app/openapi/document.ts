import { version } from '../../package.json';
import { filesQuery } from '../routes/files';
import { palindromeBody, palindromeQuery } from '../routes/palindrome';
import { randomStringQuery } from '../routes/random-string';
import { sentenceInput } from '../routes/sentence';
import { operation } from './operations';
import { ref, type Schema, schemas } from './schemas';

const TEXT = { 'text/plain': { type: 'string' } };
const HTML = { 'text/html': { type: 'string' } };
const json = (name: keyof typeof schemas) => ({ 'application/json': ref(name) });
const asset = (type: string, summary: string) => ({
  get: operation({ summary, ok: { [type]: { type: 'string' } }, cached: true }),
});

const UNAVAILABLE = { 503: 'The history is unavailable: Retry-After says when to try again.' };
const MALFORMED = { 400: 'A parameter is missing or malformed; the detail names it.' };
const BAD_BODY = {
  ...MALFORMED,
  413: 'The body exceeds 64 KiB.',
  415: 'The body is not sent as application/json.',
};

/** The contract as OpenAPI 3.1. What requests may carry comes from the very schemas that validate them. */
export function openApiDocument(): Schema {
  const palindrome = {
    summary: 'Whether a text reads the same backwards, by user-perceived characters.',
    ok: json('Palindrome'),
  };
  const sentence = {
    summary: 'Asks for a random number of a word, and says whether it is a palindrome.',
    ok: json('Sentence'),
  };

  return {
    openapi: '3.1.1',
    info: {
      title: 'Keepsake',
      version,
      description:
        'The files that containers leave behind, a palindrome checker and a random string generator.',
    },
    // No servers: the API that serves the document, at the root.
    paths: {
      '/': {
        get: operation({
          summary: 'The web page for browsers, else a welcome.',
          ok: { ...json('Welcome'), ...HTML },
          cached: true,
        }),
      },
      '/file': {
        get: operation({ summary: "This container's own file.", ok: { ...json('File'), ...TEXT } }),
      },
      '/files': {
        get: operation({
          summary: 'The files of all other containers, newest first; as text/plain, all of them, one a line.',
          query: filesQuery,
          ok: { ...json('Files'), ...TEXT },
          headers: {
            Link: {
              description: 'The next page, where there is one (RFC 8288).',
              schema: { type: 'string' },
            },
          },
          problems: { ...MALFORMED, ...UNAVAILABLE },
        }),
      },
      '/files/{name}': {
        get: operation({
          summary: 'The text of one file.',
          path: { name: ref('FileName') },
          ok: TEXT,
          problems: {
            400: 'The name is not of the form.',
            404: 'The history has no such file.',
            ...UNAVAILABLE,
          },
        }),
      },
      '/palindrome': {
        get: operation({ ...palindrome, query: palindromeQuery, problems: MALFORMED }),
        post: operation({ ...palindrome, body: palindromeBody, problems: BAD_BODY }),
      },
      '/sentence': {
        get: operation({ ...sentence, query: sentenceInput, problems: MALFORMED }),
        post: operation({ ...sentence, body: sentenceInput, problems: BAD_BODY }),
      },
      '/random-string': {
        get: operation({
          summary: 'A string drawn at random, securely and uniformly.',
          query: randomStringQuery,
          ok: json('RandomString'),
          problems: MALFORMED,
        }),
      },
      '/healthz': { get: operation({ summary: 'Whether the process serves.', ok: json('Status') }) },
      '/readyz': {
        get: operation({
          summary: 'Whether the container should get requests.',
          ok: json('Status'),
          problems: { 503: 'It is draining, or the history is unavailable.' },
        }),
      },
      '/openapi.json': {
        get: operation({ summary: 'This document.', ok: { 'application/json': { type: 'object' } } }),
      },
      '/page.css': asset('text/css', "The web page's style."),
      '/page.js': asset('text/javascript', "The web page's script."),
      '/icon.svg': asset('image/svg+xml', "The web page's icon."),
    },
    components: { schemas },
  };
}
