import { type Container, docker, remove, stop } from '../../scripts/containers/docker';
import { now } from '../clock';
import { Load } from '../load';
import { routes } from '../routes';
import { atLeast, atMost, type Figure, type Scenario, type Stage, told } from '../scenario';
import { filesOf, type Site } from '../site';
import { reasons } from '../timeline';

const REPLICAS = 3;
/** Requests a second. */
const RATE = 250;
/** How long ECS waits between deregistering a task and stopping it, in seconds: the target group's deregistration delay. */
export const DEREGISTRATION_DELAY = 15;
/** How long after SIGTERM the load balancer may learn of it, in seconds (aws/containers-roadmap#708 reports 3 to 5). */
export const UNAWARE = 5;

/** As a deployment does: new tasks first; the old ones are deregistered, and stopped when nothing reaches them any more. */
export const rollout: Scenario = {
  name: 'rollout',
  title: 'All replicas are replaced under load, in the order of a deployment',
  play: (stage) =>
    replacing(stage, async (site, old) => {
      await site.scale(2 * REPLICAS);
      const isOld = new Set(old.map(({ id }) => id));
      const young = (await site.replicas()).filter(({ id }) => !isOld.has(id));
      await Promise.all(young.map(({ address }) => site.register(address)));
      stage.say('new replicas healthy; deregistering the old');
      for (const { address } of old) await site.loadBalancer.deregister(address);
      await stage.wait(DEREGISTRATION_DELAY);
      stage.say('stopping the old');
      await Promise.all(old.map(drain));
      await remove(old);
    }),
};

/** As when Spot capacity is reclaimed: SIGTERM first, and the load balancer learns of it seconds later. */
export const reclaim: Scenario = {
  name: 'reclaim',
  title: 'All replicas are replaced under load, with SIGTERM before the load balancer knows',
  play: (stage) =>
    replacing(stage, async (site, old) => {
      for (const replica of old) {
        stage.say(`SIGTERM to ${replica.name}`);
        const drained = drain(replica);
        await stage.wait(UNAWARE);
        await site.loadBalancer.deregister(replica.address);
        await drained;
        await remove([replica]);
        await site.forgotten(replica.address);
        await site.scale(REPLICAS);
        const replicas = await site.replicas();
        await Promise.all(replicas.map(({ address }) => site.register(address)));
        stage.say('replaced');
      }
    }),
};

async function replacing(
  stage: Stage,
  replace: (site: Site, old: readonly Container[]) => Promise<void>,
): Promise<Figure[]> {
  const site = await stage.open({ replicas: REPLICAS });
  const old = await site.replicas();
  for (const { address } of old) await site.register(address);
  await site.loadBalancer.holdBackNew();
  const refusedBefore = await site.loadBalancer.refusals();
  const [file = ''] = await filesOf(old);
  const load = new Load({ origin: site.origin, routes: routes(file), timeline: stage.timeline }).atRate(RATE);
  stage.afterwards(() => load.stop());
  await stage.wait(5);
  const start = now();
  await replace(site, old);
  const took = (now() - start) / 1000;
  await stage.wait(5);
  const from = stage.timeline.samples[0]?.from ?? 0;
  const rate = (stage.timeline.samples.length * 1000) / (now() - from);
  await load.stop();
  const refused = (await site.loadBalancer.refusals()) - refusedBefore;
  const { failures } = stage.timeline;
  const still = (await site.replicas()).filter(({ id }) => old.some((replica) => replica.id === id));
  return [
    atMost('failed requests', failures.length, 0),
    ...(failures.length > 0 ? [told('which', reasons(failures))] : []),
    // HAProxy sends those elsewhere; nothing is to depend on that.
    atMost('connections that a replica refused', refused, 0),
    atLeast('requests/s', rate, 200),
    atMost('replicas that were not replaced', still.length, 0),
    told('seconds it took', took.toFixed(0)),
  ];
}

async function drain(replica: Container): Promise<void> {
  await stop(replica);
  const code = (await docker(['inspect', '--format={{.State.ExitCode}}', replica.id])).trim();
  if (code !== '0') throw new Error(`A replica ended with code ${code} instead of draining`);
}
