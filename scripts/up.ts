import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { CommandError, Failure } from './containers/command';
import { Compose } from './containers/compose';
import { docker } from './containers/docker';
import { healthy } from './containers/healthy';
import { replaceOutdated } from './containers/replace-outdated';
import { exitWith } from './exit-with';

// Deploys with Docker on this machine: `npm run up`, `npm run up -- --replicas 5`. Exits with 0 when every replica answers
// through the load balancer; otherwise with 1, or 2 when it is called wrongly, one line, and what ran before running again.

/** As many as haproxy.cfg has room for. */
const MOST = 64;
/** The port in the load balancer's container; compose.yaml publishes it. */
const INSIDE = 8080;

interface Wish {
  readonly replicas: number;
  readonly port: number;
  /** An image to run instead of the one that is built here. */
  readonly image: string | undefined;
}

function readWish(args: string[], { KEEPSAKE_PORT, KEEPSAKE_IMAGE }: NodeJS.ProcessEnv): Wish {
  const { values } = parseArgs({ args, options: { replicas: { type: 'string', default: '3' } } });
  return {
    replicas: wholeNumber('--replicas', values.replicas, MOST),
    port: wholeNumber('KEEPSAKE_PORT', KEEPSAKE_PORT || '80', 65_535),
    image: KEEPSAKE_IMAGE || undefined,
  };
}

function wholeNumber(name: string, value: string, most: number): number {
  if (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= most) return Number(value);
  throw new Failure(`${name} is ${JSON.stringify(value)}, but must be a whole number from 1 to ${most}`);
}

async function up({ replicas, port, image }: Wish, signal: AbortSignal): Promise<void> {
  const compose = await Compose.find({ project: process.env.COMPOSE_PROJECT_NAME || 'keepsake' });
  const publishedAt = (await compose.loadBalancer())?.published[INSIDE];
  if (!publishedAt?.endsWith(`:${port}`)) await refuseTaken(port);
  const restore = await restorer(compose, publishedAt);
  try {
    if (!image) {
      console.log('Building the image…');
      await compose.build({ signal });
    }
    console.log(`Starting ${replicas} replicas and the load balancer…`);
    if (publishedAt && replicas <= MOST / 2) {
      await replaceOutdated(compose, { image: image ?? 'keepsake', origin: `http://${publishedAt}`, signal });
    }
    await compose.up(replicas, { signal });
    const origin = `http://localhost${port === 80 ? '' : `:${port}`}`;
    const found = await healthy(compose, origin, replicas, signal);
    for (const { name, file } of found) console.log(`  ${name}  ${file}`);
    console.log(`Keepsake answers at ${origin}`);
  } catch (error) {
    const outcome = await restore();
    throw new Failure(`${reasonOf(error, port, signal)}; ${outcome}`);
  }
}

/** Remembers what runs now. @returns what makes it so again, and says what it did. */
async function restorer(compose: Compose, publishedAt: string | undefined): Promise<() => Promise<string>> {
  const before = (await compose.replicas()).filter(({ running }) => running);
  const hadHistory = await docker(['volume', 'inspect', compose.historyVolume]).then(
    () => true,
    () => false,
  );
  return async () => {
    const [first] = before;
    if (!first) {
      await compose.down({ volumes: !hadHistory });
      return 'nothing is left running';
    }
    await docker(['tag', first.imageId, first.image]);
    const port = publishedAt?.split(':').at(-1);
    await compose.up(before.length, { env: { KEEPSAKE_IMAGE: first.image, KEEPSAKE_PORT: port } });
    return 'what ran before runs again';
  };
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

function reasonOf(error: unknown, port: number, signal: AbortSignal): string {
  if (signal.aborted) return 'interrupted';
  if (error instanceof Failure) return error.message;
  if (!(error instanceof CommandError)) throw error;
  return /already (allocated|in use)/.test(error.message) ? takenText(port) : error.message;
}

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
  let wish: Wish;
  try {
    wish = readWish(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`up: ${(error as Error).message}`);
    return 2;
  }
  try {
    await up(wish, stop.signal);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`up: ${error.message}`);
    return stop.signal.aborted ? 130 : 1;
  }
}

exitWith(main());
