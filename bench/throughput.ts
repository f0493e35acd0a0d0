import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { putManyRecords } from '../test/support/records';
import {
  DAY,
  has,
  load,
  median,
  type Row,
  type Server,
  startKeepsake,
  startServer,
  temporaryDirectory,
} from './support';

const PATHS = ['/file', '/files?limit=100', '/healthz'];
const ROUNDS = 5;
const SECONDS = 2;

/** Requests a second and their p99, against the same bytes from Node.js alone, Fastify and Flask, in turns. */
export async function throughput(): Promise<Row[]> {
  const directory = temporaryDirectory();
  putManyRecords(directory, Date.now() - DAY, 1000);
  const keepsake = await startKeepsake(directory);
  const servers: Record<string, Server> = {
    keepsake,
    bare: await startServer([
      process.execPath,
      join(__dirname, 'servers/bare.js'),
      keepsake.origin,
      ...PATHS,
    ]),
    fastify: await startFastify(directory, keepsake),
    ...(await startFlask(directory, keepsake)),
  };
  const rows: Row[] = [];
  for (const path of PATHS) {
    const results: Record<string, { rate: number; p99: number }[]> = {};
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, { origin }] of Object.entries(servers)) {
        const result = await load(origin + path, SECONDS);
        if (round === 0)
          results[name] = []; // The first round warms them up.
        else results[name]?.push(result);
      }
    }
    rows.push(...compare(path, results));
  }
  for (const { stop } of Object.values(servers)) await stop();
  return rows;
}

function compare(path: string, results: Record<string, { rate: number; p99: number }[]>): Row[] {
  const ours = results.keepsake as { rate: number; p99: number }[];
  /** The median of the ratios of each round, which a noisy minute falsifies less than a ratio of medians. */
  const ratio = (other: string, field: 'rate' | 'p99') =>
    median(ours.map((our, round) => our[field] / (results[other]?.[round]?.[field] as number)));
  const row = (
    other: string,
    field: 'rate' | 'p99',
    target: string,
    holds: (value: number) => boolean,
  ): Row => {
    const value = ratio(other, field);
    const what = field === 'rate' ? 'requests/s' : 'p99';
    return {
      measure: `${path}: ${what} against ${other}`,
      figure: value.toFixed(2),
      target,
      holds: holds(value),
    };
  };
  return [
    { measure: `${path}: requests/s`, figure: median(ours.map(({ rate }) => rate)).toFixed(0), target: '' },
    row('bare', 'rate', '≥ 0.85', (value) => value >= 0.85),
    row('bare', 'p99', '≤ 1.5', (value) => value <= 1.5),
    row('fastify', 'rate', '> 1', (value) => value > 1),
    results.flask
      ? row('flask', 'rate', '≥ 5', (value) => value >= 5)
      : {
          measure: `${path}: requests/s against flask`,
          figure: 'not measured: no Python with pip',
          target: '≥ 5',
        },
  ];
}

const OWN = ['content-length', 'content-type', 'connection', 'keep-alive', 'date'];

/** The headers that every answer carries, as JSON, without those of one answer and those that servers add themselves. */
async function sharedHeaders({ origin }: Server): Promise<string> {
  const { headers } = await fetch(`${origin}/healthz`);
  return JSON.stringify(Object.fromEntries([...headers].filter(([name]) => !OWN.includes(name))));
}

const startFastify = async (directory: string, keepsake: Server) =>
  startServer([
    process.execPath,
    '--import',
    'tsx',
    join(__dirname, 'servers/fastify.ts'),
    directory,
    await sharedHeaders(keepsake),
  ]);

async function startFlask(directory: string, keepsake: Server): Promise<Record<string, Server>> {
  if (!has('python3')) return {};
  const environment = temporaryDirectory();
  try {
    execFileSync('python3', ['-m', 'venv', environment]);
    execFileSync(join(environment, 'bin/pip'), ['install', '--quiet', 'flask==3.1.2', 'gunicorn==23.0.0']);
  } catch {
    return {};
  }
  const port = 18_099;
  // gunicorn does not log JSON: a shell says that it listens, when it does.
  const script = `cd ${join(__dirname, 'servers')} && ${environment}/bin/gunicorn --workers 1 --bind localhost:${port} flask_app:app 2>/dev/null &
    trap "kill $!" TERM; until curl -s localhost:${port}/healthz >/dev/null; do sleep 0.1; done
    echo '{"event":"listening","port":${port}}'; wait`;
  const variables = { HISTORY_DIR: directory, HEADERS: await sharedHeaders(keepsake) };
  return { flask: await startServer(['sh', '-c', script], variables) };
}
