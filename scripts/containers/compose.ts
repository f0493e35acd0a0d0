import { join } from 'node:path';
import { CommandError, type CommandOptions, command, Failure } from './command';
import { type Container, docker, findCompose, inspect } from './docker';

const root = join(__dirname, '../..');

export interface ComposeOptions {
  readonly project: string;
  /** More files on top of compose.yaml, with their paths in this repository. */
  readonly overrides?: readonly string[];
  /** Variables for the files. */
  readonly env?: NodeJS.ProcessEnv;
}

export const isReplica = ({ service }: Container): boolean => service === 'api';

/** The containers of one project: a load balancer, and replicas of the API. */
export class Compose {
  readonly project: string;
  readonly #call: readonly [string, ...string[]];
  readonly #env: NodeJS.ProcessEnv;

  private constructor(
    call: readonly [string, ...string[]],
    { project, overrides = [], env = {} }: ComposeOptions,
  ) {
    const files = ['compose.yaml', ...overrides].flatMap((file) => ['--file', join(root, file)]);
    this.project = project;
    this.#call = [...call, '--project-name', project, '--project-directory', root, ...files];
    this.#env = env;
  }

  /** @throws Failure where Docker or Compose is missing. */
  static async find(options: ComposeOptions): Promise<Compose> {
    return new Compose(await findCompose(), options);
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

  /** Starts what does not run, with so many replicas; replaces what has changed unless told to keep it. */
  up(
    replicas: number,
    { keep = false, ...options }: CommandOptions & { keep?: boolean } = {},
  ): Promise<string> {
    const scale = ['--detach', '--no-build', '--remove-orphans', '--scale', `api=${replicas}`];
    return this.#run(['up', ...scale, ...(keep ? ['--no-recreate'] : [])], options);
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
    const ids = await docker(['ps', '--all', '--quiet', '--no-trunc', ofProject]);
    const containers = await inspect(ids.split('\n').filter(Boolean));
    return containers.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  #run(args: readonly string[], { env, signal }: CommandOptions): Promise<string> {
    const [program, ...rest] = this.#call;
    return command(program, [...rest, ...args], { env: { ...this.#env, ...env }, signal });
  }
}
