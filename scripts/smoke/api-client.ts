import assert from 'node:assert/strict';
import { fetch, type RequestInit, type Response } from 'undici';

/** How long one answer may take, in milliseconds. */
const PATIENCE = 10_000;

// biome-ignore lint/suspicious/noExplicitAny: what a deployment really answers is what the smoke test finds out.
type Json = any;

/** Asks a running deployment from the outside. Every method fails unless the answer is of the kind that its name says. */
export class ApiClient {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Fails with the network's error, as its cause, when nothing answers at all. */
  async reach(): Promise<void> {
    await fetch(this.#origin, { signal: AbortSignal.timeout(PATIENCE) });
  }

  /** Asks, and holds the answer to what every answer must have. */
  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(this.#origin + path, { ...init, redirect: 'error', signal });
    const what = `${init.method ?? 'GET'} ${path}`;
    assert.equal(response.headers.get('x-powered-by'), null, `${what} does not say what it is made with`);
    assert.equal(
      response.headers.get('x-content-type-options'),
      'nosniff',
      `${what} forbids to guess its type`,
    );
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /default-src 'none'/,
      `${what} has its CSP`,
    );
    return response;
  }

  async get(path: string, headers: Record<string, string> = {}, type = ''): Promise<Response> {
    const response = await this.ask(path, { headers });
    assert.equal(response.status, 200, `GET ${path} answers 200, not ${response.status}`);
    const actual = response.headers.get('content-type') ?? 'none';
    assert.ok(actual.startsWith(type), `GET ${path} answers ${type}, not ${actual}`);
    return response;
  }

  async json(path: string): Promise<Json> {
    return (await this.get(path, {}, 'application/json')).json();
  }

  async text(path: string, type = 'text/plain'): Promise<string> {
    return (await this.get(path, { Accept: type }, type)).text();
  }

  async post(path: string, body: object): Promise<Json> {
    const headers = { 'Content-Type': 'application/json' };
    const response = await this.ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.equal(response.status, 200, `POST ${path} answers 200, not ${response.status}`);
    return response.json();
  }

  async problem(status: number, path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.ask(path, init);
    const what = `${init.method ?? 'GET'} ${path}`;
    assert.equal(response.status, status, `${what} answers ${status}, not ${response.status}`);
    const type = response.headers.get('content-type') ?? 'none';
    assert.ok(type.startsWith('application/problem+json'), `${what} answers a problem document, not ${type}`);
    assert.equal(
      ((await response.json()) as Json).status,
      status,
      `${what} repeats its status in the document`,
    );
    return response;
  }

  /** The own files of the containers behind the URL: a load balancer lets each answer in its turn. */
  async ownFiles(): Promise<string[]> {
    const names = new Set<string>();
    for (let repeated = 0; repeated < 20; repeated++) {
      const { file } = await this.json('/file');
      if (!names.has(file)) repeated = 0;
      names.add(file);
    }
    return [...names];
  }
}
