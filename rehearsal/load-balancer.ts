import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** A replica, as the load balancer sees it. */
export interface Server {
  readonly slot: string;
  readonly address: string;
  readonly status: string;
  /** As many checks have passed in a row as it takes. */
  readonly healthy: boolean;
}

/** HAProxy's runtime API, as control.cfg opens it. */
export class LoadBalancer {
  readonly #host: string;
  readonly #port: number;

  constructor(published: string) {
    const [host, port] = published.split(':');
    this.#host = host as string;
    this.#port = Number(port);
  }

  async servers(): Promise<Server[]> {
    const rows = await this.#rows('4');
    return rows
      .filter(({ addr, status }) => addr && !status?.startsWith('MAINT'))
      .map((row) => ({
        slot: row.svname as string,
        address: (row.addr as string).split(':')[0] as string,
        status: row.status as string,
        healthy:
          row.check_status === 'L7OK' &&
          Number(row.check_health) === Number(row.check_rise) + Number(row.check_fall) - 1,
      }));
  }

  /** How many connections to replicas failed, so that a request went elsewhere; the ALB would have answered 502. */
  async refusals(): Promise<number> {
    const [backend] = await this.#rows('2');
    return Number(backend?.wretr) + Number(backend?.wredis);
  }

  /** Sends new replicas nothing before they are registered, as the ALB does; HAProxy 3.0 trusts them until a check fails. */
  async holdBackNew(): Promise<void> {
    const free = (await this.#rows('4')).filter(({ status }) => status?.startsWith('MAINT'));
    for (const { svname } of free) await this.#tell(`set server api/${svname} state drain`);
  }

  async register(address: string): Promise<void> {
    await this.#tell(`set server api/${await this.#slotOf(address)} state ready`);
  }

  /** Sends no new requests to the replica, and lets those under way finish. */
  async deregister(address: string): Promise<void> {
    await this.#tell(`set server api/${await this.#slotOf(address)} state drain`);
  }

  async #slotOf(address: string): Promise<string> {
    const slot = (await this.servers()).find((server) => server.address === address)?.slot;
    if (!slot) throw new Error(`The load balancer knows no replica at ${address}`);
    return slot;
  }

  /** What `show stat` tells of the backend (type 2) or its servers (type 4). */
  async #rows(type: '2' | '4'): Promise<Record<string, string>[]> {
    const [header = '', ...lines] = (await this.#tell(`show stat api ${type} -1`)).trim().split('\n');
    const names = header.replace('# ', '').split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i], value])));
  }

  #tell(command: string): Promise<string> {
    const socket = connect(this.#port, this.#host);
    socket.write(`${command}\n`);
    return text(socket);
  }
}
