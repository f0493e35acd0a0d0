import { join } from 'node:path';
import { docker } from '../scripts/containers/docker';
import { buildImage, IMAGE, TASK } from './servers';
import { atMost, median, startServer } from './support';

const BARE = `require('node:http').createServer((_, response) => response.end())
  .listen(8080, () => console.log('{"event":"listening"}'))`;
const ROUNDS = 7;

/** Start to listening in the image with the limits of a task, against a bare server in the same image, in turns. */
export async function* rows(): AsyncGenerator<string[]> {
  await buildImage(IMAGE, join(__dirname, '..'));
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await timeToListen('-e', BARE));
    ours.push(await timeToListen());
  }
  const took = `${median(ours)} ms, ${median(bare)} ms`;
  yield atMost(
    `start in the image at 0.25 CPU, against a bare server: ${took}`,
    median(ours) / median(bare),
    2.5,
  );
}

/** From the moment that the engine started the process to its line that says that it listens, in milliseconds. */
async function timeToListen(...args: string[]): Promise<number> {
  const run = ['docker', 'run', '--rm', '--init', `--name=${IMAGE}`, '--env=DRAIN_SECONDS=0', ...TASK, IMAGE];
  const server = await startServer([...run, ...args], {});
  const lines = (await docker(['logs', '--timestamps', IMAGE])).split('\n');
  const line = lines.find((text) => text.includes('listening')) as string;
  const started = await docker(['inspect', '--format={{.State.StartedAt}}', IMAGE]);
  await server.stop();
  return milliseconds(line) - milliseconds(started);
}

/** Docker's times have nanoseconds, which `Date` does not read. */
const milliseconds = (text: string): number => Date.parse(`${text.slice(0, 23)}Z`);
