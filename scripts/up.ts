import { connect } from 'node:net';
import { command, Failure, run, wholeNumber } from './support/command-line';

/** As many as deploy/haproxy.cfg has room for. */
const MOST = 64;
/** The port in the load balancer's container; compose.yaml publishes it. */
const INSIDE = 8080;

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
    .action(async ({ replicas }: { replicas?: number }) => {
      const given = process.env.KEEPSAKE_PORT;
      const stop = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
      await up({
        replicas,
        port: given ? wholeNumber('KEEPSAKE_PORT', 1, 65_535)(given) : undefined,
        image: process.env.KEEPSAKE_IMAGE || undefined,
        signal: stop.signal,
      });
    }),
);

/** What is not given stays as it is. */
interface Given {
  readonly replicas: number | undefined;
  readonly port: number | undefined;
  /** An image to run instead of the one that is built here. */
  readonly image: string | undefined;
  readonly signal: AbortSignal;
}

async function up({ image, signal, ...given }: Given): Promise<void> {
  const { Compose }: typeof import('./containers/compose') = require('./containers/compose');
  const { LoadBalancer }: typeof import('./containers/load-balancer') = require('./containers/load-balancer');
  const { restorer }: typeof import('./containers/restore') = require('./containers/restore');
  const { rollOut }: typeof import('./containers/roll-out') = require('./containers/roll-out');

  const compose = await Compose.find({ project: process.env.COMPOSE_PROJECT_NAME || 'keepsake' });
  const loadBalancer = await compose.loadBalancer();
  const present = Number(loadBalancer?.published[INSIDE]?.split(':').at(-1)) || undefined;
  const port = given.port ?? present ?? 80;
  if (port !== present) await refuseTaken(port);
  // One that was killed may have left replicas deregistered.
  if (loadBalancer?.running) await new LoadBalancer(loadBalancer).registerAll();
  const running = (await compose.replicas()).filter((replica) => replica.running).length;
  const replicas = given.replicas ?? (running || 3);
  const restore = await restorer(compose, present ?? port);
  try {
    if (!image) {
      console.log('Building the image…');
      await compose.build({ signal });
    }
    console.log(`Starting ${replicas} replicas and the load balancer…`);
    const found = await rollOut(compose, { image: image ?? 'keepsake', replicas, port, signal });
    for (const { name, file } of found) console.log(`  ${name}  ${file}`);
    console.log(`Keepsake answers at http://localhost${port === 80 ? '' : `:${port}`}`);
  } catch (error) {
    const outcome = await restore();
    if (signal.aborted) throw new Failure(`interrupted; ${outcome}`, 130);
    if (!(error instanceof Failure)) throw error;
    const taken = /already (allocated|in use)/.test(error.message);
    throw new Failure(`${taken ? takenText(port) : error.message}; ${outcome}`);
  }
}

/** Nothing but this tells a taken port apart before containers have been made. */
function refuseTaken(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket
      .once('connect', () => reject(new Failure(takenText(port))))
      .once('connect', () => socket.destroy());
    socket.once('error', () => resolve());
  });
}

const takenText = (port: number) =>
  `port ${port} is taken; choose another with KEEPSAKE_PORT=8080 npm run up`;
