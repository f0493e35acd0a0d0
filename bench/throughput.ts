import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleOf, type LoadRow, rowsWith, SERVERS, wrkScript } from './rows';
import { startFastify, startFlask } from './servers';
import {
  load,
  median,
  type Row,
  type Server,
  startKeepsake,
  startServer,
  temporaryDirectory,
} from './support';

const ROUNDS = 3;
/** How long wrk asks one server at a time: the least that it offers. */
const SECONDS = 1;

interface Measured {
  readonly rate: number;
  readonly p99: number;
}

/** Every operation of the API: requests a second and their p99, against the same bytes from Node.js alone, Fastify and Flask. */
export async function throughput(): Promise<Row[]> {
  const directory = temporaryDirectory();
  const rows = rowsWith(directory);
  const keepsake = await startKeepsake(directory);
  const fastify = await startFastify(directory, keepsake);
  const flask = await startFlask(directory, keepsake);
  const measured: Row[] = [];
  for (const row of rows) {
    const bare = await startServer([
      process.execPath,
      '--max-semi-space-size=2', // as Keepsake and Fastify
      join(SERVERS, 'bare.js'),
      keepsake.origin,
      ...exampleOf(row),
    ]);
    measured.push(await compare(row, { keepsake, bare, fastify, flask }));
    await bare.stop();
  }
  for (const server of [keepsake, fastify, flask]) await server?.stop();
  return measured;
}

async function compare(
  row: LoadRow,
  { flask, ...servers }: Record<'keepsake' | 'bare' | 'fastify', Server> & { flask: Server | undefined },
): Promise<Row> {
  const script = join(temporaryDirectory(), 'row.lua');
  writeFileSync(script, wrkScript(row));
  const results: Record<keyof typeof servers, Measured[]> = { keepsake: [], bare: [], fastify: [] };
  // In turns, so that a noisy moment meets all of them. Flask once: it is several times slower.
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['keepsake', 'bare', 'fastify'] as const)
      results[name].push(await load(servers[name].origin, SECONDS, script));
  }
  const slow = flask && (await load(flask.origin, SECONDS, script));
  const ratio = (other: keyof typeof servers, field: keyof Measured) =>
    median(results.keepsake.map((ours, round) => ours[field] / (results[other][round] as Measured)[field]));
  const [rate, p99, fastify] = [ratio('bare', 'rate'), ratio('bare', 'p99'), ratio('fastify', 'rate')];
  const ours = median(results.keepsake.map((each) => each.rate));
  return {
    measure: row.name,
    figure: [
      `${ours.toFixed(0)}/s`,
      `${rate.toFixed(2)} of bare`,
      `p99 ${p99.toFixed(2)} of bare`,
      `${fastify.toFixed(2)} × Fastify`,
      slow ? `${(ours / slow.rate).toFixed(1)} × Flask` : 'Flask not measured: no Python with pip',
    ].join('; '),
    target: `≥ ${row.target.toFixed(2)}; p99 ≤ 1.3; > Fastify`,
    holds: rate >= row.target && p99 <= 1.3 && fastify > 1,
  };
}
