import { Agent, request } from 'node:http';
import { now } from './clock';
import type { Route } from './routes';
import type { Timeline } from './timeline';

/** A request without an answer for so long has failed, in milliseconds. */
const TIMEOUT = 10_000;
/** How often the pace is caught up with, in milliseconds. */
const TICK = 5;
/** How much of a delay of its own is made up for, in milliseconds. */
const CATCH_UP = 1000;

export interface LoadOptions {
  readonly origin: string;
  readonly routes: readonly Route[];
  readonly timeline: Timeline;
}

/** Requests in turn over every route, on connections that are kept alive. Each one is counted, whatever becomes of it. */
export class Load {
  readonly #options: LoadOptions;
  // First in, first out: every connection stays in use, so none is idle until the load balancer closes it.
  readonly #agent = new Agent({ keepAlive: true, scheduling: 'fifo', maxFreeSockets: 1024 });
  readonly #underWay = new Set<Promise<void>>();
  #asked = 0;
  #stop = () => {};

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  /** So many requests a second, whether or not earlier ones have been answered: users do not wait for each other. */
  atRate(rate: number): this {
    const pause = 1000 / rate;
    let due = now();
    const ticks = setInterval(() => {
      // A machine that slept, or a clock that was set, must not be made up for with thousands at once.
      due = Math.max(due, now() - CATCH_UP);
      for (; due <= now(); due += pause) this.#ask(due);
    }, TICK);
    this.#stop = () => clearInterval(ticks);
    return this;
  }

  /** As many requests as are answered, on so many connections. */
  saturating(connections: number): this {
    let stopped = false;
    const again = (): Promise<void> => this.#ask(now()).then(() => (stopped ? undefined : again()));
    for (let i = 0; i < connections; i++) again();
    this.#stop = () => {
      stopped = true;
    };
    return this;
  }

  /** Asks no more, and resolves when everything has been answered. */
  async stop(): Promise<void> {
    this.#stop();
    await Promise.all(this.#underWay);
    this.#agent.destroy();
  }

  #ask(from: number): Promise<void> {
    const { origin, routes, timeline } = this.#options;
    const route = routes[this.#asked++ % routes.length] as Route;
    const asked = answer(origin, route, this.#agent).then(({ status, failure }) => {
      timeline.record({ from, to: now(), route: route.name, status, failure });
      this.#underWay.delete(asked);
    });
    this.#underWay.add(asked);
    return asked;
  }
}

function answer(
  origin: string,
  route: Route,
  agent: Agent,
): Promise<{ status: number; failure: string | undefined }> {
  const { method, path, headers, body, expected } = route;
  return new Promise((resolve) => {
    const failed = (failure: string) => resolve({ status: 0, failure });
    const outgoing = request(origin + path, { method, headers: { ...headers }, agent }, (response) => {
      const status = response.statusCode ?? 0;
      response.resume();
      response.once('error', (error: NodeJS.ErrnoException) => failed(error.code ?? error.message));
      response.once('end', () => {
        const failure = expected.includes(status) ? undefined : `status ${status}`;
        resolve({ status, failure });
      });
    });
    const timer = setTimeout(() => outgoing.destroy(new Error('no answer in time')), TIMEOUT);
    outgoing.once('close', () => clearTimeout(timer));
    outgoing.once('error', (error: NodeJS.ErrnoException) => failed(error.code ?? error.message));
    outgoing.end(body);
  });
}
