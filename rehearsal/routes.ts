/** One request of the load, and the statuses that the contract allows for its answer. */
export interface Route {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expected: readonly number[];
}

const get = (path: string, accept = 'application/json', expected = [200]): Route => ({
  name: `GET ${path.replace(/include-me.*/, '{name}')}${accept === 'application/json' ? '' : ` (${accept})`}`,
  method: 'GET',
  path,
  headers: { Accept: accept },
  expected,
});

const post = (path: string, body: object): Route => ({
  name: `POST ${path}`,
  method: 'POST',
  path,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
  expected: [200],
});

/** Every route of the API, with the name of one file for those that take one. */
export const routes = (file: string): Route[] => [
  get('/'),
  get('/', 'text/html'),
  get('/page.js', '*/*'),
  get('/file'),
  get('/files'),
  get('/files', 'text/plain'),
  get(`/files/${file}`, 'text/plain'),
  get('/palindrome?text=level'),
  post('/palindrome', { text: 'A man, a plan, a canal: Panama' }),
  get('/sentence?word=level'),
  post('/sentence', { word: 'level' }),
  get('/random-string?length=32'),
  get('/healthz'),
  // A replica that drains says so here, and goes on answering everything else.
  get('/readyz', 'application/json', [200, 503]),
  get('/openapi.json'),
];

/** The routes that read the history. */
export const ofHistory = ({ path }: Route): boolean => /^\/(files|readyz)/.test(path);

/** The same routes, where those that read the history may answer that it is unavailable. */
export const withoutHistory = (all: readonly Route[]): Route[] =>
  all.map((route) => (ofHistory(route) ? { ...route, expected: [200, 503] } : route));
