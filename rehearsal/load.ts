import { Agent, request } from 'undici';
import type { Route } from './routes';
import type { Timeline } from './timeline';

/** A request without an answer for so long has failed, in milliseconds, as undici takes it for connections anyway. */
const TIMEOUT = 10_000;
/** How often the pace is caught up with, in milliseconds. */
const TICK = 5;
/** More would end Docker's userland proxy in front of the load balancer: it stops for good when it has no file descriptor left. */
const CONNECTIONS = 256;
/** How much of a delay of its own is made up for, in milliseconds. */
const CATCH_UP = 1000;

/** Requests in turn over every route, on connections that are kept alive. Each one is counted, whatever becomes of it. */
export class Load {
  readonly #agent = new Agent({ connections: CONNECTIONS, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT });
  readonly #underWay = new Set<Promise<void>>();
  #asked = 0;
  #stop = () => {};

  constructor(
    readonly origin: string,
    readonly routes: readonly Route[],
    readonly timeline: Timeline,
  ) {}

  /** So many requests a second, whether or not earlier ones have been answered: users do not wait for each other. */
  atRate(rate: number): this {
    const pause = 1000 / rate;
    let due = performance.now();
    const ticks = setInterval(() => {
      // A machine that slept must not be made up for with thousands at once.
      due = Math.max(due, performance.now() - CATCH_UP);
      for (; due <= performance.now(); due += pause) this.#ask(due);
    }, TICK);
    this.#stop = () => clearInterval(ticks);
    return this;
  }

  /** As many requests as are answered, on so many connections. */
  saturating(connections: number): this {
    let stopped = false;
    const again = (): Promise<void> =>
      this.#ask(performance.now()).then(() => (stopped ? undefined : again()));
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
    await this.#agent.destroy(); // a second time, too, when the scenario is cleaned up
  }

  #ask(from: number): Promise<void> {
    const route = this.routes[this.#asked++ % this.routes.length] as Route;
    const asked = this.#answer(route).then(({ status, failure }) => {
      this.timeline.samples.push({ from, to: performance.now(), route: route.name, status, failure });
      this.#underWay.delete(asked);
    });
    this.#underWay.add(asked);
    return asked;
  }

  async #answer({ method, path, headers, body, expected }: Route) {
    try {
      const options = { method, headers: { ...headers }, body: body ?? null, dispatcher: this.#agent };
      const { statusCode: status, body: answer } = await request(this.origin + path, options);
      await answer.arrayBuffer();
      return { status, failure: expected.includes(status) ? undefined : `status ${status}` };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return { status: 0, failure: code ?? message };
    }
  }
}
