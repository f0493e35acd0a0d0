import { randomInt } from 'node:crypto';
import { type Container, docker } from '../../scripts/containers/docker';
import { routes } from '../routes';
import type { Scenario } from '../scenario';
import { reasons } from '../timeline';

const SECONDS = 60;
const EVERY = 2;
const RATE = 250;
/** For how long nobody may be answered, in milliseconds. */
const PAUSE = 2000;

/** Whatever SIGKILL hits, no record is lost, and no request but those that were with the replica at that moment. */
export const scenario: Scenario = {
  title: `A random replica is killed every ${EVERY} s for ${SECONDS} s`,
  async run(run) {
    const deployment = await run.deploy(3);
    const replicas = await deployment.replicas();
    const [file = ''] = await deployment.files();
    const load = run.load(deployment.origin, routes(file)).atRate(RATE);
    await run.wait(3);

    // What was with a replica while it was killed fails. When that was can be told, which replica had it cannot: HAProxy closes
    // a kept connection whose replica is gone without an answer or a line in its log, for the client to ask again (RFC 9112, 9.3.1).
    const kills: { readonly from: number; readonly to: number }[] = [];
    const start = performance.now();
    for (let n = 1; n <= SECONDS / EVERY; n++) {
      const victim = replicas[randomInt(replicas.length)] as Container;
      run.say(`SIGKILL ${victim.name}`);
      const from = performance.now();
      await docker(['kill', victim.id]);
      kills.push({ from, to: performance.now() });
      await docker(['start', victim.id]);
      await run.wait(Math.max(0, start + n * EVERY * 1000 - performance.now()) / 1000);
    }
    await run.wait(3);
    await load.stop();
    await deployment.scale(3);
    const { failures, samples } = run.timeline;
    const apart = failures.filter(
      ({ from, to }) => !kills.some((kill) => from <= kill.to && to >= kill.from),
    );
    const files = await deployment.files();
    run.atMost('replicas that lack one of all records', await deployment.wrongAbout(files), 0);
    const good = samples.filter(({ failure }) => !failure).map(({ to }) => to);
    const pauses = good.map((to, i) => to - (good[i - 1] ?? to));
    run.atMost('longest time between two good answers', Math.max(...pauses), PAUSE, ' ms');
    run.atMost('failed requests that were not under way at a kill', apart.length, 0);
    run.say(`failed requests: ${failures.length} of ${samples.length} ${reasons(failures)}`);
    run.atLeast('requests/s', run.timeline.rate(), 0.8 * RATE);
  },
};
