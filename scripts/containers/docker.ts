import { Failure } from '../support/command-line';
import { CommandError, type CommandOptions, command, succeeds } from './command';

export const docker = (args: readonly string[], options?: CommandOptions): Promise<string> =>
  command('docker', args, options);

/** One container, as `docker inspect` describes it. */
export type Container = Readonly<ReturnType<typeof describe>>;

/** The containers of these ids. @throws CommandError where one is gone */
export const inspect = async (ids: readonly string[]): Promise<Container[]> =>
  ids.length > 0 ? JSON.parse(await docker(['inspect', ...ids])).map(describe) : [];

// biome-ignore lint/suspicious/noExplicitAny: Docker's own format.
function describe({ Id, Name, Image, Config, State, RestartCount, NetworkSettings }: any) {
  const [network] = Object.values<{ IPAddress: string }>(NetworkSettings.Networks);
  return {
    id: Id as string,
    name: Name.slice(1) as string,
    /** Its name in compose.yaml. */
    service: Config.Labels['com.docker.compose.service'] as string,
    /** The name of its image, and the id that this name stood for when it was made. */
    image: Config.Image as string,
    imageId: Image as string,
    /** Stands for what compose.yaml said of it when it was made. */
    configHash: Config.Labels['com.docker.compose.config-hash'] as string,
    running: (State.Running && !State.Restarting) as boolean,
    restarts: RestartCount as number,
    /** Its address in the network of the project, if it runs. */
    address: network?.IPAddress ?? '',
    /** The port of this machine that leads to its port 8080, if one does. */
    port: Number(NetworkSettings.Ports['8080/tcp']?.[0]?.HostPort) || undefined,
  };
}

/** How long a replica has to drain and finish, in seconds: the task definition's stop timeout. */
export const STOP_TIMEOUT = 30;

/** Tells a container to stop, and resolves when it has ended. */
export const stop = ({ id }: Pick<Container, 'id'>): Promise<string> =>
  docker(['stop', `--time=${STOP_TIMEOUT}`, id]);

/** The id of the image of that name, which is pulled where it is not there. */
export async function idOf(image: string): Promise<string> {
  const inspected = () => docker(['image', 'inspect', '--format={{.Id}}', image]);
  return (await inspected().catch(() => docker(['pull', image]).then(inspected))).trim();
}

/** Whether there is a volume of that name. */
export const hasVolume = (name: string): Promise<boolean> => succeeds(docker(['volume', 'inspect', name]));

/** How long the engine may take to remove a container, in milliseconds; it waits 10 s itself before it kills once more. */
const REMOVAL = 20_000;

/**
 * Removes containers and their anonymous volumes, and kills those that run. One after the other: when many end at once,
 * Docker 20.10 may count an endpoint of their network for ever, or wait for ever for one that has ended.
 * @throws Failure that names those that the engine did not remove in time; the others are removed.
 */
export async function remove(
  containers: readonly Pick<Container, 'id' | 'name'>[],
  { patience = REMOVAL } = {},
): Promise<void> {
  const stuck: string[] = [];
  for (const { id, name } of containers) {
    const signal = AbortSignal.timeout(patience);
    await docker(['rm', '--force', '--volumes', id], { signal }).catch((error) => {
      if (error.name !== 'TimeoutError') throw error;
      stuck.push(name);
    });
  }
  if (stuck.length > 0) throw new Failure(`Docker does not remove ${stuck.join(', ')}; restart it`);
}

/** The names of the files that the container has logged as its own, one for each time that it listened. */
export async function ownFilesOf({ id }: Container): Promise<string[]> {
  const lines = (await docker(['logs', id])).split('\n');
  return lines.filter((line) => line.includes('"event":"listening"')).map((line) => JSON.parse(line).file);
}

/** @throws Failure where there is no Docker, or it does not run. */
export async function requireDocker(exitCode = 1): Promise<void> {
  await docker(['version']).catch((error) => {
    if (error instanceof CommandError) throw new Failure('Docker does not answer; start it', exitCode);
    throw new Failure('Docker is not installed; see https://docs.docker.com/get-docker/', exitCode);
  });
}

/**
 * How Compose is called on this machine: as Docker's plugin, or as the program of its own that older machines have.
 * @throws Failure where there is no Docker, it does not run, or has no Compose.
 */
export async function findCompose(): Promise<readonly string[]> {
  await requireDocker();
  if (await succeeds(docker(['compose', 'version']))) return ['docker', 'compose'];
  if (await succeeds(command('docker-compose', ['version']))) return ['docker-compose'];
  throw new Failure('Docker has no Compose; see https://docs.docker.com/compose/install/');
}
