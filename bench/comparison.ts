import { join } from 'node:path';
import { load, type Measured } from './load';
import { type Row, rowsWith } from './rows';
import { build, PROGRAMS, type Program, start } from './servers';
import { temporaryDirectory } from './support';

/** Odd, for the median. */
const ROUNDS = 3;
/** How long a program is asked before the first row: at a quarter of a core V8 takes seconds to compile what is used often. */
const WARM_UP = 10;

/** What each program reached, by rounds. */
type Rounds = readonly Readonly<Record<Program, Measured>>[];

/** Every operation of the API, asked of every program: with the limits of a container, or as processes of this machine. */
export async function* compare(only: string, limits?: readonly string[]): AsyncGenerator<[Row, Rounds]> {
  const directory = temporaryDirectory();
  await build(directory);
  const HISTORY_DIR = join(directory, 'history');
  const rows = rowsWith(HISTORY_DIR).filter(({ name }) => name.includes(only));
  const keepsake = await start('keepsake', directory, { HISTORY_DIR }, limits);
  const variables = { HISTORY_DIR, ORIGIN: keepsake.origin };
  const fastify = await start('fastify', directory, variables, limits);
  const flask = await start('flask', directory, variables, limits);
  for (const { origin } of [keepsake, fastify, flask]) await load(origin, rows[0] as Row, WARM_UP);
  for (const row of rows) {
    const REQUEST = JSON.stringify({ ...row, requests: row.requests.slice(0, 1) });
    const bare = await start('bare', directory, { ...variables, REQUEST }, limits);
    await load(bare.origin, row);
    const servers = { keepsake, bare, fastify, flask };
    const measured: Record<Program, Measured>[] = [];
    // In turns, so that a noisy moment meets all of them.
    for (let round = 0; round < ROUNDS; round++) {
      const results = {} as Record<Program, Measured>;
      for (const name of PROGRAMS) results[name] = await load(servers[name].origin, row);
      measured.push(results);
    }
    await bare.stop();
    yield [row, measured];
  }
  for (const server of [keepsake, fastify, flask]) await server.stop();
}
