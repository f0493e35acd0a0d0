import { setTimeout as sleep } from 'node:timers/promises';
import { type Container, docker, STOP_TIMEOUT } from './docker';

/** One connection to the runtime API. The image has no client for it but bash. */
const ASK = 'exec 3<>/dev/tcp/127.0.0.1/9999; echo "$0" >&3; cat <&3';
const PAUSE = 250;

/** A replica, as the load balancer sees it. */
export type Server = Readonly<ReturnType<typeof describe>>;

/** @param value of one of HAProxy's statistics */
const describe = (value: (name: string) => string) => ({
  slot: value('svname'),
  address: value('addr').split(':')[0] ?? '',
  status: value('status'),
  /** Requests that it has not answered yet. */
  underWay: Number(value('scur')),
  /** How many connections to it failed, so that a request went elsewhere; the ALB would have answered 502. */
  refusals: Number(value('wretr')) + Number(value('wredis')),
  /** How many of its health checks failed while it was healthy. */
  failedChecks: Number(value('chkfail')),
});

/** HAProxy's runtime API, which deploy/haproxy.cfg opens inside the load balancer's container alone. */
export class LoadBalancer {
  constructor(readonly container: Container) {}

  /** The replicas that it has found, at these addresses or at any. */
  async servers(addresses?: readonly string[]): Promise<Server[]> {
    return (await this.#slots()).filter(
      ({ address, status }) =>
        address && !status.startsWith('MAINT') && (addresses?.includes(address) ?? true),
    );
  }

  /**
   * Sends no new requests to the replicas at these addresses, and waits until they have answered those under way: at most
   * as long as a replica may take to stop.
   */
  async deregister(addresses: readonly string[]): Promise<void> {
    await this.#setState(await this.servers(addresses), 'drain');
    const end = performance.now() + STOP_TIMEOUT * 1000;
    while ((await this.servers(addresses)).some(({ underWay }) => underWay > 0) && performance.now() < end)
      await sleep(PAUSE);
  }

  /** Waits until replicas that are gone are forgotten: the next ones may get their addresses. */
  async forget(addresses: readonly string[]): Promise<void> {
    while ((await this.servers(addresses)).length > 0) await sleep(PAUSE);
    await this.registerAll();
  }

  /** Sends requests to every replica that it finds, now or later: a slot remembers that the one before it was deregistered. */
  async registerAll(): Promise<void> {
    await this.#setState(await this.#slots(), 'ready');
  }

  async #setState(servers: readonly Server[], state: 'drain' | 'ready'): Promise<void> {
    await this.#ask(servers.map(({ slot }) => `set server api/${slot} state ${state}`).join('; '));
  }

  /** The servers (type 4) of the backend api, with those that have no replica. */
  async #slots(): Promise<Server[]> {
    const [header = '', ...lines] = (await this.#ask('show stat api 4 -1')).trim().split('\n');
    const names = header.replace('# ', '').split(',');
    return lines.map((line) => {
      const values = line.split(',');
      return describe((name) => values[names.indexOf(name)] ?? '');
    });
  }

  #ask(command: string): Promise<string> {
    return docker(['exec', this.container.id, 'bash', '-c', ASK, command]);
  }
}
