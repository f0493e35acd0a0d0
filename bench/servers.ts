import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { docker } from '../scripts/containers/docker';
import { BUNDLE, NODE, pinned, type Server, startServer } from './support';

/** The API, Node.js alone sending the same bytes, and two frameworks doing the same work. */
export const PROGRAMS = ['keepsake', 'bare', 'fastify', 'flask'] as const;
export type Program = (typeof PROGRAMS)[number];

const SERVERS = join(__dirname, 'servers');
/** gunicorn does not tell which port it has got. */
const FLASK_PORT = '18099';
const FLASK = 'keepsake-bench-flask';
export const IMAGE = 'keepsake-bench';

/** What a task of the stage dev has. */
export const CPU = 0.25;
export const GIBIBYTES = 0.5;
export const TASK = [`--cpus=${CPU}`, `--memory=${GIBIBYTES}g`];

export const buildImage = (tag: string, context: string): Promise<string> =>
  docker(['build', '--network=host', `--tag=${tag}`, context]);

/** Makes what the programs run from. */
export async function build(directory: string): Promise<void> {
  const entryPoints = [join(SERVERS, 'bare.ts'), join(SERVERS, 'fastify.ts')];
  buildSync({ entryPoints, outdir: directory, bundle: true, platform: 'node', logLevel: 'warning' });
  await buildImage(FLASK, SERVERS);
  await buildImage(IMAGE, join(__dirname, '..'));
}

/**
 * Starts a program from that directory: in a container with limits, or as a process of this machine.
 * Flask always runs in a container, which spares this machine its installation.
 */
export function start(
  program: Program,
  directory: string,
  variables: Readonly<Record<string, string>>,
  limits?: readonly string[],
): Promise<Server> {
  const PORT = program === 'flask' ? FLASK_PORT : '0';
  const environment = { ...variables, PORT, GENERATED_DIR: join(directory, 'generated'), DRAIN_SECONDS: '0' };
  const container = [
    ...'docker run --rm --init --no-healthcheck --network=host --cpuset-cpus=0'.split(' '),
    `--user=${process.getuid?.()}`,
    `--volume=${directory}:${directory}`,
    ...Object.keys(environment).map((name) => `--env=${name}`),
    ...(limits ?? []),
  ];
  const node = limits ? [...container, IMAGE] : pinned(0, ...NODE);
  const commands = {
    keepsake: [...node, limits ? 'main.js' : BUNDLE],
    bare: [...node, join(directory, 'bare.js')],
    fastify: [...node, join(directory, 'fastify.js')],
    flask: [...container, FLASK],
  };
  return startServer(commands[program], environment);
}
