import { once } from 'node:events';
import { connect } from 'node:net';
import { succeeds } from './containers/command';
import { Compose } from './containers/compose';
import { LoadBalancer } from './containers/load-balancer';
import { restorer } from './containers/restore';
import { rollOut } from './containers/roll-out';
import { command, Failure, run, wholeNumber } from './support/command-line';

/** As many as deploy/haproxy.cfg has room for. */
const MOST = 64;

/** What is not given stays as it is. */
async function up({ replicas: wanted }: { replicas?: number }): Promise<void> {
  const { COMPOSE_PROJECT_NAME, KEEPSAKE_IMAGE, KEEPSAKE_PORT } = process.env;
  const given = KEEPSAKE_PORT ? wholeNumber('KEEPSAKE_PORT', 1, 65_535)(KEEPSAKE_PORT) : undefined;
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());

  const compose = await Compose.find(COMPOSE_PROJECT_NAME || 'keepsake');
  const loadBalancer = await compose.loadBalancer();
  const present = loadBalancer?.port;
  const port = given ?? present ?? 80;
  if (port !== present) await refuseTaken(port);
  // One that was killed may have left replicas deregistered.
  if (loadBalancer?.running) await new LoadBalancer(loadBalancer).registerAll();
  const running = (await compose.replicas()).filter((replica) => replica.running).length;
  const replicas = wanted ?? (running || 3);
  const restore = await restorer(compose, present ?? port);
  try {
    if (!KEEPSAKE_IMAGE) {
      console.log('Building the image…');
      await compose.build({ signal });
    }
    console.log(`Starting ${replicas} replicas and the load balancer…`);
    const image = KEEPSAKE_IMAGE || 'keepsake';
    for (const { name, file } of await rollOut(compose, replicas, { image, port, signal }))
      console.log(`  ${name}  ${file}`);
    console.log(`Keepsake answers at http://localhost${port === 80 ? '' : `:${port}`}`);
  } catch (error) {
    const outcome = await restore();
    if (signal.aborted) throw new Failure(`interrupted; ${outcome}`, 130);
    throw error instanceof Failure ? new Failure(`${error.message}; ${outcome}`) : error;
  }
}

/** Nothing but this tells a taken port apart before containers have been made. */
async function refuseTaken(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const isTaken = await succeeds(once(socket, 'connect'));
  socket.destroy();
  if (isTaken) throw new Failure(`port ${port} is taken; choose another with KEEPSAKE_PORT=8080 npm run up`);
}

run(
  command('up', {
    examples: [
      'npm run up -- --replicas 5',
      'KEEPSAKE_PORT=8080 npm run up                on another port than 80',
      'KEEPSAKE_IMAGE=example/keepsake:2 npm run up   another image than the one built here',
    ],
    exitCodes: {
      0: 'every replica answers',
      1: 'failed; one line says why, and what ran before runs again',
      130: 'interrupted; what ran before runs again',
    },
  })
    .option(
      '--replicas <number>',
      `how many, 1 to ${MOST} (default: as many as run now, or 3)`,
      wholeNumber('--replicas', 1, MOST),
    )
    .action(up),
);
