import { docker } from '../../scripts/containers/docker';
import { now } from '../clock';
import { Load } from '../load';
import { ask, filesOf } from '../local-deployment';
import { routes } from '../routes';
import { atLeast, atMost, type Figure, type Scenario, type ScenarioContext, told } from '../scenario';
import { reasons, type Sample } from '../timeline';

const SECONDS = 60;
const EVERY = 2;
const RATE = 250;

/**
 * While one is killed: what was with it then fails. When it was can be told, which replica had it cannot: HAProxy closes a
 * kept connection whose replica is gone without an answer or a line in its log, for the client to ask again (RFC 9112, 9.3.1).
 */
interface Kill {
  readonly from: number;
  readonly to: number;
}

/** Whatever SIGKILL hits, no record is lost, and no request but those that were with the replica at that moment. */
export const crashes: Scenario = {
  name: 'crashes',
  title: `A random replica is killed every ${EVERY} s for ${SECONDS} s`,
  async run(context: ScenarioContext): Promise<Figure[]> {
    const { timeline } = context;
    const deployment = await context.deploy({ replicas: 3 });
    const replicas = await deployment.replicas();
    const [file = ''] = await filesOf(replicas);
    const load = new Load({ origin: deployment.origin, routes: routes(file), timeline }).atRate(RATE);
    context.cleanUp(() => load.stop());
    await context.wait(3);

    const kills: Kill[] = [];
    const start = now();
    for (let n = 0; n < SECONDS / EVERY; n++) {
      const victim = replicas[Math.floor(Math.random() * replicas.length)] as (typeof replicas)[number];
      timeline.note(`SIGKILL ${victim.name}`);
      const from = now();
      await docker(['kill', victim.id]);
      kills.push({ from, to: now() });
      await docker(['start', victim.id]);
      await context.wait(Math.max(0, start + (n + 1) * EVERY * 1000 - now()) / 1000);
    }
    const end = now();
    await context.wait(3);
    await load.stop();
    await deployment.answering(3);
    const { failures, samples } = timeline;
    const apart = failures.filter(
      ({ from, to }) => !kills.some((kill) => from <= kill.to && to >= kill.from),
    );
    return [
      atMost('records lost', await lost(await deployment.replicas()), 0),
      atMost('seconds without a good answer', secondsWithoutAnswer(samples, start, end), 0),
      atMost('failed requests that were not under way at a kill', apart.length, 0),
      told('failed requests', `${failures.length} of ${samples.length} ${reasons(failures)}`),
      atLeast('kills', kills.length, SECONDS / EVERY),
      atLeast('requests/s', timeline.rate(), 0.8 * RATE),
    ];
  },
};

/** How many seconds pass without a request that is answered as expected. */
function secondsWithoutAnswer(samples: readonly Sample[], start: number, end: number): number {
  const good = samples.filter(({ failure, from, to }) => !failure && from >= start && to < end);
  const answered = new Set(good.map(({ to }) => Math.floor((to - start) / 1000)));
  return Math.floor((end - start) / 1000) - [...answered].filter((second) => second < SECONDS).length;
}

/** How many of the files that the containers have ever logged are missing from the list of any replica. */
async function lost(replicas: Parameters<typeof filesOf>[0]): Promise<number> {
  const all = await filesOf(replicas);
  const missing = new Set<string>();
  for (const replica of replicas) {
    const { file } = await ask(replica, '/file');
    const { files } = await ask(replica, '/files');
    for (const name of all) if (name !== file && !files.includes(name)) missing.add(name);
  }
  return missing.size;
}
