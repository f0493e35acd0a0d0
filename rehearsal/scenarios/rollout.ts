import { type Container, docker, remove, stop } from '../../scripts/containers/docker';
import type { LoadBalancer } from '../../scripts/containers/load-balancer';
import { Load } from '../load';
import { filesOf, type LocalDeployment } from '../local-deployment';
import { routes } from '../routes';
import { atLeast, atMost, type Figure, type Scenario, type ScenarioContext, told } from '../scenario';
import { reasons } from '../timeline';

const REPLICAS = 3;
/** Requests a second. */
const RATE = 500;
/** How long after SIGTERM the load balancer may learn of it, in seconds (aws/containers-roadmap#708 reports 3 to 5). */
export const UNAWARE = 5;
const NEXT = 'keepsake-rehearsal-next';

/** As a deployment does: new tasks first; the old ones are deregistered, and stopped when nothing reaches them any more. */
export const rollout: Scenario = {
  name: 'rollout',
  title: 'All replicas are replaced under load, in the order of a deployment',
  async run(context) {
    const deployment = await context.deploy({ replicas: REPLICAS });
    const [replica] = await deployment.replicas();
    await docker(['commit', '--pause=false', '--change=LABEL version=next', (replica as Container).id, NEXT]);
    context.cleanUp(() => docker(['image', 'rm', '--force', NEXT]));
    return underLoad(context, deployment, () => deployment.rollOut(NEXT));
  },
};

/** As when Spot capacity is reclaimed: SIGTERM first, and the load balancer learns of it seconds later. */
export const reclaim: Scenario = {
  name: 'reclaim',
  title: 'All replicas are replaced under load, with SIGTERM before the load balancer knows',
  async run(context) {
    const deployment = await context.deploy({ replicas: REPLICAS });
    const loadBalancer = await deployment.loadBalancer();
    let refused = 0;
    const figures = await underLoad(context, deployment, async () => {
      for (const replica of await deployment.replicas()) {
        const before = await refusals(loadBalancer, replica);
        context.say(`SIGTERM to ${replica.name}`);
        const stopped = stop(replica);
        await context.wait(UNAWARE);
        await loadBalancer.deregister([replica.address]);
        refused += (await refusals(loadBalancer, replica)) - before;
        await stopped;
        await refuseKilled(replica);
        await remove([replica]);
        await loadBalancer.forget([replica.address]);
        await deployment.scale(REPLICAS);
        await deployment.answering(REPLICAS);
        context.say('replaced');
      }
    });
    // HAProxy sends those elsewhere; nothing is to depend on that.
    return [...figures, atMost('connections that a draining replica refused', refused, 0)];
  },
};

async function underLoad(
  context: ScenarioContext,
  deployment: LocalDeployment,
  replace: () => Promise<void>,
): Promise<Figure[]> {
  const { timeline } = context;
  const old = await deployment.replicas();
  const [file = ''] = await filesOf(old);
  const load = new Load({ origin: deployment.origin, routes: routes(file), timeline }).atRate(RATE);
  context.cleanUp(() => load.stop());
  await context.wait(5);
  const start = performance.now();
  await replace();
  const took = (performance.now() - start) / 1000;
  await context.wait(5);
  await load.stop();
  const { failures } = timeline;
  const still = (await deployment.replicas()).filter(({ id }) => old.some((replica) => replica.id === id));
  return [
    atMost('failed requests', failures.length, 0),
    ...(failures.length > 0 ? [told('which', reasons(failures))] : []),
    atLeast('requests/s', timeline.rate(), 0.95 * RATE),
    atMost('replicas that were not replaced', still.length, 0),
    told('seconds it took', took.toFixed(0)),
  ];
}

async function refusals(loadBalancer: LoadBalancer, { address }: Container): Promise<number> {
  const [server] = await loadBalancer.servers([address]);
  return server?.refusals ?? 0;
}

async function refuseKilled({ id, name }: Container): Promise<void> {
  const code = (await docker(['inspect', '--format={{.State.ExitCode}}', id])).trim();
  if (code !== '0') throw new Error(`${name} ended with code ${code} instead of draining`);
}
