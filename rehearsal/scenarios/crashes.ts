import { docker } from '../../scripts/containers/docker';
import { now } from '../clock';
import { Load } from '../load';
import { routes } from '../routes';
import { atLeast, atMost, type Figure, type Scenario, type Stage, told } from '../scenario';
import { ask, filesOf } from '../site';
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
  async play(stage: Stage): Promise<Figure[]> {
    const { timeline } = stage;
    const site = await stage.open({ replicas: 3 });
    const replicas = await site.replicas();
    const [file = ''] = await filesOf(replicas);
    const load = new Load({ origin: site.origin, routes: routes(file), timeline }).atRate(RATE);
    stage.afterwards(() => load.stop());
    await stage.wait(3);

    const kills: Kill[] = [];
    const start = now();
    for (let n = 0; n < SECONDS / EVERY; n++) {
      const victim = replicas[Math.floor(Math.random() * replicas.length)] as (typeof replicas)[number];
      timeline.note(`SIGKILL ${victim.name}`);
      const from = now();
      await docker(['kill', victim.id]);
      kills.push({ from, to: now() });
      await docker(['start', victim.id]);
      await stage.wait(Math.max(0, start + (n + 1) * EVERY * 1000 - now()) / 1000);
    }
    const end = now();
    await stage.wait(3);
    await load.stop();
    await site.answering(3);
    const { failures } = timeline;
    const silent = secondsWithoutAnswer(timeline.between(start, end), start, end);
    return [
      atMost('records lost', await lost(await site.replicas()), 0),
      atMost('seconds without a good answer', silent, 0),
      atMost(
        'failed requests that were not under way at a kill',
        failures.filter(apartFrom(kills)).length,
        0,
      ),
      told(
        'failed requests',
        `${failures.length} of ${timeline.samples.length}${failures.length ? `: ${reasons(failures)}` : ''}`,
      ),
      atLeast('kills', kills.length, SECONDS / EVERY),
      atLeast('requests/s', (timeline.between(start, end).length * 1000) / (end - start), 200),
    ];
  },
};

const apartFrom =
  (kills: readonly Kill[]) =>
  ({ from, to }: Sample): boolean =>
    !kills.some((kill) => from <= kill.to && to >= kill.from);

/** How many seconds pass in which no request that was due is answered as expected. */
function secondsWithoutAnswer(samples: readonly Sample[], start: number, end: number): number {
  const answered = new Set(
    samples.filter(({ failure }) => !failure).map(({ to }) => Math.floor((to - start) / 1000)),
  );
  return Array.from({ length: Math.floor((end - start) / 1000) }, (_, second) => answered.has(second)).filter(
    (was) => !was,
  ).length;
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
