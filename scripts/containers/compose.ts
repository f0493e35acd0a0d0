import { join } from 'node:path';
import { Failure } from '../support/command-line';
import { CommandError, type CommandOptions, command } from './command';
import { type Container, docker, findCompose, inspect } from './docker';

const root = join(__dirname, '../..');

export interface ScaleOptions {
  readonly image: string;
  /** Where the load balancer answers on this machine. */
  readonly port: number;
  readonly signal?: AbortSignal | undefined;
}

export const isReplica = ({ service }: Container): boolean => service === 'api';

/** The containers of one project: a load balancer, and replicas of the API. */
export class Compose {
  private constructor(
    readonly project: string,
    private readonly call: readonly string[],
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /**
   * @param overrides more files on top of compose.yaml, with their paths in this repository
   * @param env variables for the files
   * @throws Failure where Docker or Compose is missing
   */
  static async find(project: string, overrides: readonly string[] = [], env = {}): Promise<Compose> {
    const files = ['compose.yaml', ...overrides].flatMap((file) => ['--file', join(root, file)]);
    const of = ['--project-name', project, '--project-directory', root, ...files];
    return new Compose(project, [...(await findCompose()), ...of], env);
  }

  /** The volume that holds the history. */
  get historyVolume(): string {
    return `${this.project}_history`;
  }

  /** @throws Failure when the image does not build. */
  async build(options: CommandOptions = {}): Promise<void> {
    await this.#run(['build', 'api'], options).catch((error) => {
      if (!(error instanceof CommandError)) throw error;
      // docker-compose 1.29 says no more than that it failed.
      throw new Failure(`${error.message}; docker build --network=host . shows why`);
    });
  }

  /** Starts replicas until there are so many, and the load balancer, which is replaced if it has changed. */
  async scale(replicas: number, { image, port, signal }: ScaleOptions): Promise<void> {
    const options = { env: { KEEPSAKE_IMAGE: image, KEEPSAKE_PORT: String(port) }, signal };
    const up = ['up', '--detach', '--no-build', '--remove-orphans'];
    await this.#run([...up, '--no-recreate', '--scale', `api=${replicas}`, 'api'], options);
    await this.#run([...up, '--no-deps', 'load-balancer'], options);
  }

  /** What stands for a replica of that image as compose.yaml describes it now. */
  async hash(image: string): Promise<string> {
    const env = { KEEPSAKE_IMAGE: image };
    return (await this.#run(['config', '--hash', 'api'], { env })).trim().split(' ').at(-1) as string;
  }

  /** Removes the containers and their network, and the volume if told so. */
  down({ volumes = false } = {}): Promise<string> {
    return this.#run(['down', '--remove-orphans', ...(volumes ? ['--volumes'] : [])], {});
  }

  async replicas(): Promise<Container[]> {
    return (await this.containers()).filter(isReplica);
  }

  async loadBalancer(): Promise<Container | undefined> {
    return (await this.containers()).find(({ service }) => service === 'load-balancer');
  }

  async containers(): Promise<Container[]> {
    const ofProject = `--filter=label=com.docker.compose.project=${this.project}`;
    const ids = (await docker(['ps', '--all', '--quiet', '--no-trunc', ofProject]))
      .split('\n')
      .filter(Boolean);
    try {
      const containers = await inspect(ids);
      return containers.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    } catch (error) {
      if (/no such/i.test((error as Error).message)) return this.containers(); // One is gone meanwhile.
      throw error;
    }
  }

  #run(args: readonly string[], { env, signal }: CommandOptions): Promise<string> {
    const [program = '', ...rest] = this.call;
    return command(program, [...rest, ...args], { env: { ...this.env, ...env }, signal });
  }
}
