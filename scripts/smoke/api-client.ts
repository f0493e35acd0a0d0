import assert from 'node:assert/strict';
import { fetch, type RequestInit, type Response } from 'undici';

/** How long one answer may take, in milliseconds. */
export const PATIENCE = 10_000;

/** Asks a running deployment from the outside. Every method fails unless the answer is of the kind that its name says. */
export class ApiClient {
  constructor(readonly origin: string) {}

  /** Asks for an answer with this status, and holds it to what every answer must have. */
  async ask(path: string, init: RequestInit = {}, status = 200): Promise<Response> {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(this.origin + path, { ...init, redirect: 'error', signal });
    const what = `${init.method ?? 'GET'} ${path}`;
    assert.equal(response.status, status, `${what} answers ${status}, not ${response.status}`);
    const header = (name: string) => response.headers.get(name) ?? 'none';
    assert.equal(header('x-powered-by'), 'none', `${what} does not say what it is made with`);
    assert.equal(header('x-content-type-options'), 'nosniff', `${what} forbids to guess its type`);
    assert.match(header('content-security-policy'), /default-src 'none'/, `${what} has its CSP`);
    return response;
  }

  async text(path: string, type = 'text/plain'): Promise<string> {
    return (await this.ask(path, { headers: { Accept: type } })).text();
  }

  async problem(status: number, path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.ask(path, init, status);
    const type = response.headers.get('content-type') ?? 'none';
    assert.ok(type.startsWith('application/problem+json'), `${path} answers a problem document, not ${type}`);
    return response;
  }

  /** The own files of the containers behind the URL: a load balancer lets each answer in its turn. */
  async ownFiles(): Promise<string[]> {
    const names = new Set<string>();
    for (let repeated = 0; repeated < 20; repeated++) {
      const file = (await this.text('/file')).trim();
      if (!names.has(file)) repeated = 0;
      names.add(file);
    }
    return [...names];
  }
}
