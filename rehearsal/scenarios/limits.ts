import { docker } from '../../scripts/containers/docker';
import { now } from '../clock';
import { Load } from '../load';
import { routes } from '../routes';
import { atMost, type Figure, type Scenario, type Stage, told } from '../scenario';
import { filesOf } from '../site';
import { p99 } from '../timeline';

const SECONDS = 120;
const CONNECTIONS = 32;
/** How often memory is looked at, in seconds. */
const LOOK = 5;
/** How much the memory of the last quarter may exceed that of the second one: the first fills caches. */
const GROWTH = 1.1;

export const limits: Scenario = {
  name: 'limits',
  title: `The load balancer and one replica, each at 0.25 CPU and 512 MB, saturated for ${SECONDS} s`,
  async play(stage: Stage): Promise<Figure[]> {
    const { timeline } = stage;
    const site = await stage.open({ replicas: 1, overrides: ['limits'] });
    const look = async () => {
      const [replica, balancer] = [(await site.replicas())[0], await site.loadBalancerContainer()];
      if (!replica || !balancer) throw new Error('a container is gone');
      return [replica, balancer] as const;
    };
    const before = await look();
    const [file = ''] = await filesOf(await site.replicas());
    const load = new Load({ origin: site.origin, routes: routes(file), timeline }).saturating(CONNECTIONS);
    stage.afterwards(() => load.stop());
    const memory: number[][] = [[], []];
    const start = now();
    while (now() < start + SECONDS * 1000) {
      await stage.wait(LOOK);
      const used = await Promise.all(before.map(({ id }) => memoryOf(id)));
      for (const [i, megabytes] of used.entries()) memory[i]?.push(megabytes);
    }
    const end = now();
    await load.stop();
    const after = await look();
    const samples = timeline.between(start, end);
    return [
      atMost(
        'restarts',
        after.reduce((sum, { restarts }) => sum + restarts, 0),
        0,
      ),
      atMost('kills for memory', after.filter(({ outOfMemory }) => outOfMemory).length, 0),
      atMost(
        'containers that are others than before',
        after.filter(({ id }, i) => id !== before[i]?.id).length,
        0,
      ),
      atMost("the replica's memory in the last quarter against the second", growth(memory[0] ?? []), GROWTH),
      atMost(
        "the load balancer's memory in the last quarter against the second",
        growth(memory[1] ?? []),
        GROWTH,
      ),
      told('memory at the end', memory.map((used) => `${used.at(-1)?.toFixed(0)} MB`).join(' and ')),
      told('requests/s', ((samples.length * 1000) / (end - start)).toFixed(0)),
      told('p99', `${p99(samples).toFixed(0)} ms`),
      atMost('failed requests', timeline.failures.length, 0),
    ];
  },
};

/** The mean of the last quarter against that of the second. */
function growth(values: readonly number[]): number {
  const quarter = (n: number) => values.slice((values.length * n) / 4, (values.length * (n + 1)) / 4);
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  return mean(quarter(3)) / mean(quarter(1));
}

/** The memory that the container uses, in MB. */
async function memoryOf(id: string): Promise<number> {
  const usage = await docker(['stats', '--no-stream', '--format={{.MemUsage}}', id]);
  const [, amount, unit = ''] = usage.match(/^([\d.]+)(\w+)/) ?? [];
  const bytes = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }[unit];
  if (!bytes) throw new Error(`Docker tells the memory as ${usage.trim()}`);
  return (Number(amount) * bytes) / 1e6;
}
