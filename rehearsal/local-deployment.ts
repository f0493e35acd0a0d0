import { fetch } from 'undici';
import { Compose, type ScaleOptions } from '../scripts/containers/compose';
import { type Container, docker, ownFilesOf, remove } from '../scripts/containers/docker';
import { healthy } from '../scripts/containers/healthy';
import { LoadBalancer } from '../scripts/containers/load-balancer';
import { rollOut } from '../scripts/containers/roll-out';
import { freePort } from '../test/support/free-port';

const PROJECT = 'keepsake-rehearsal';

/** Replicas behind a load balancer, for one scenario. */
export class LocalDeployment {
  readonly origin: string;
  readonly #compose: Compose;
  readonly #options: ScaleOptions;

  private constructor(compose: Compose, options: ScaleOptions) {
    this.#compose = compose;
    this.#options = options;
    this.origin = `http://localhost:${options.port}`;
  }

  static async start(replicas: number, signal: AbortSignal, storage?: string): Promise<LocalDeployment> {
    const options = { image: 'keepsake', port: await freePort(), signal };
    const deployment = new LocalDeployment(await composeWith(storage), options);
    await deployment.scale(replicas);
    return deployment;
  }

  /** Builds the image, and removes what a rehearsal that was killed has left. */
  static async prepare(signal: AbortSignal): Promise<void> {
    const compose = await composeWith();
    console.log('Building the image…');
    await compose.build({ signal });
    await LocalDeployment.clear();
  }

  /** Removes every container, network and volume of the rehearsal. */
  static async clear(): Promise<void> {
    const compose = await composeWith();
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

  /** The names of all files that its replicas have left. */
  async files(): Promise<string[]> {
    return (await Promise.all((await this.replicas()).map(ownFilesOf))).flat();
  }

  /** How often the replicas have been started again. */
  async restarts(): Promise<number> {
    return (await this.replicas()).reduce((sum, replica) => sum + replica.restarts, 0);
  }

  /** How many replicas do not answer the file that they logged, or do not list exactly the others of these files. */
  async wrongAbout(files: readonly string[]): Promise<number> {
    const right = await Promise.all(
      (await this.replicas()).map(async (replica) => {
        const own = (await ownFilesOf(replica)).at(-1);
        const ask = async (path: string) =>
          // Past the load balancer.
          (
            await fetch(`http://localhost:${replica.port}${path}`, { signal: AbortSignal.timeout(10_000) })
          ).json();
        const { file } = (await ask('/file')) as { file: string };
        const { files: listed, total } = (await ask('/files')) as { files: string[]; total: number };
        const others = files.filter((name) => name !== own).toSorted();
        return file === own && total === others.length && listed.toSorted().join() === others.join();
      }),
    );
    return right.filter((is) => !is).length;
  }

  async loadBalancer(): Promise<LoadBalancer> {
    return new LoadBalancer((await this.#compose.loadBalancer()) as Container);
  }

  /** Adds replicas until there are so many, leaves the others alone, and waits until all answer through the load balancer. */
  async scale(replicas: number): Promise<void> {
    await this.#compose.scale(replicas, this.#options);
    await healthy(this.#compose, this.origin, replicas, this.#options.signal);
  }

  /** Replaces every replica by one of another image, as `npm run up` does. */
  async rollOut(image: string): Promise<void> {
    const replicas = (await this.replicas()).length;
    await rollOut(this.#compose, replicas, { ...this.#options, image });
  }
}

function composeWith(storage?: string): Promise<Compose> {
  const overrides = ['rehearsal/compose.direct.yaml', ...(storage ? ['rehearsal/compose.storage.yaml'] : [])];
  return Compose.find(PROJECT, overrides, { REHEARSAL_STORAGE: storage });
}
