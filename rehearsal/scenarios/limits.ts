import { type Container, docker } from '../../scripts/containers/docker';
import { routes } from '../routes';
import type { Scenario } from '../scenario';
import { p99 } from '../timeline';

const SECONDS = 120;
const CONNECTIONS = 32;
/** How often memory is looked at, in seconds. */
const LOOK = 5;
/** How much the memory of the last quarter may exceed that of the second one: the first fills caches. */
const GROWTH = 1.1;

export const scenario: Scenario = {
  title: `One replica at 0.25 CPU and 512 MB, saturated for ${SECONDS} s`,
  async run(run) {
    const deployment = await run.deploy(1);
    const [replica] = (await deployment.replicas()) as [Container];
    const [file = ''] = await deployment.files();
    const load = run.load(deployment.origin, routes(file)).saturating(CONNECTIONS);
    const memory: number[] = [];
    while (memory.length < SECONDS / LOOK) {
      await run.wait(LOOK);
      memory.push(await memoryOf(replica.id));
    }
    await load.stop();
    run.atMost('restarts', await deployment.restarts(), 0);
    run.atMost('memory in the last quarter against the second', growth(memory), GROWTH);
    run.say(`memory at the end: ${memory.at(-1)} % of its limit`);
    run.say(`requests/s: ${run.timeline.rate().toFixed(0)}`);
    run.say(`p99: ${p99(run.timeline.samples).toFixed(0)} ms`);
    run.noneFailed();
  },
};

/** The mean of the last quarter against that of the second. */
function growth(values: readonly number[]): number {
  const quarter = (n: number) => values.slice((values.length * n) / 4, (values.length * (n + 1)) / 4);
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  return mean(quarter(3)) / mean(quarter(1));
}

/** How much of its memory the container uses, in percent. */
const memoryOf = async (id: string): Promise<number> =>
  Number.parseFloat(await docker(['stats', '--no-stream', '--format={{.MemPerc}}', id]));
