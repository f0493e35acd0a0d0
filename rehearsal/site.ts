import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from 'undici';
import { Compose } from '../scripts/containers/compose';
import { type Container, docker, ownFilesOf, remove } from '../scripts/containers/docker';
import { healthy, type Replica } from '../scripts/containers/healthy';
import { LoadBalancer } from './load-balancer';

export const PROJECT = 'keepsake-rehearsal';
const CONTROL = 9999;

export interface SiteOptions {
  readonly replicas: number;
  readonly overrides?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Replicas behind a load balancer, for one scenario. */
export class Site {
  readonly origin: string;
  readonly loadBalancer: LoadBalancer;
  readonly #compose: Compose;
  readonly #signal: AbortSignal;

  private constructor(compose: Compose, origin: string, loadBalancer: LoadBalancer, signal: AbortSignal) {
    this.#compose = compose;
    this.origin = origin;
    this.loadBalancer = loadBalancer;
    this.#signal = signal;
  }

  static async open({ replicas, overrides = [], env = {} }: SiteOptions, signal: AbortSignal): Promise<Site> {
    const port = await freePort();
    const compose = await Compose.find({
      project: PROJECT,
      overrides: ['control', ...overrides].map((name) => `rehearsal/compose.${name}.yaml`),
      env: { ...env, KEEPSAKE_PORT: String(port) },
    });
    await compose.up(replicas, { signal });
    const control = (await compose.loadBalancer())?.published[CONTROL] ?? '';
    const site = new Site(compose, `http://localhost:${port}`, new LoadBalancer(control), signal);
    await site.answering(replicas);
    return site;
  }

  /** Removes every container, network and volume of the rehearsal, also those of one that was killed. */
  static async clear(): Promise<void> {
    const compose = await Compose.find({
      project: PROJECT,
      overrides: ['rehearsal/compose.control.yaml'],
      env: { KEEPSAKE_PORT: '1' },
    });
    // Killed, not told to stop: nobody waits for their drain.
    await remove(await compose.containers());
    await docker(['volume', 'rm', '--force', compose.historyVolume]);
    // A network that Docker will not let go is used again.
    await compose.down({ volumes: true }).catch((error: Error) => {
      if (!/active endpoints/.test(error.message)) throw error;
    });
  }

  replicas(): Promise<Container[]> {
    return this.#compose.replicas();
  }

  loadBalancerContainer(): Promise<Container | undefined> {
    return this.#compose.loadBalancer();
  }

  /** Waits until so many replicas answer through the load balancer. */
  answering(count: number): Promise<Replica[]> {
    return healthy(this.#compose, this.origin, count, this.#signal);
  }

  /** Adds replicas until there are so many, and leaves the others alone. */
  async scale(replicas: number): Promise<void> {
    await this.#compose.up(replicas, { keep: true, signal: this.#signal });
  }

  /** Waits until as many of the load balancer's health checks of a replica have passed as it takes, and registers it. */
  async register(address: string): Promise<void> {
    const isHealthy = async () =>
      (await this.loadBalancer.servers()).some((server) => server.address === address && server.healthy);
    while (!(await isHealthy())) await sleep(250, undefined, { signal: this.#signal });
    await this.loadBalancer.register(address);
  }

  /** Waits until the load balancer has dropped a replica that is gone: the next one may get its address. */
  async forgotten(address: string): Promise<void> {
    const isKnown = async () =>
      (await this.loadBalancer.servers()).some((server) => server.address === address);
    while (await isKnown()) await sleep(250, undefined, { signal: this.#signal });
  }
}

/** A file list that one replica answers itself, past the load balancer. */
export async function ask(
  replica: Container,
  path: string,
): Promise<{ file: string; files: string[]; total: number }> {
  const response = await fetch(`http://${replica.published[8080]}${path}`, {
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 200) throw new Error(`${replica.name} answers ${response.status} at ${path}`);
  return (await response.json()) as { file: string; files: string[]; total: number };
}

/** The names of all files that these containers have left. */
export async function filesOf(containers: readonly Container[]): Promise<string[]> {
  return (await Promise.all(containers.map(ownFilesOf))).flat();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
