import { type Container, docker, remove, stop } from '../../scripts/containers/docker';
import type { LoadBalancer } from '../../scripts/containers/load-balancer';
import type { Scenario } from '../scenario';
import { REPLICAS, replacedUnderLoad } from './rollout';

/** How long after SIGTERM the load balancer may learn of it, in seconds (aws/containers-roadmap#708 reports 3 to 5). */
export const UNAWARE = 5;

/** As when Spot capacity is reclaimed: SIGTERM first, and the load balancer learns of it seconds later. */
export const scenario: Scenario = {
  title: 'All replicas are replaced under load, with SIGTERM before the load balancer knows',
  async run(run) {
    const deployment = await run.deploy(REPLICAS);
    const loadBalancer = await deployment.loadBalancer();
    let refused = 0;
    await replacedUnderLoad(run, deployment, async () => {
      for (const replica of await deployment.replicas()) {
        const before = await refusals(loadBalancer, replica);
        run.say(`SIGTERM to ${replica.name}`);
        const stopped = stop(replica);
        await run.wait(UNAWARE);
        await loadBalancer.deregister([replica.address]);
        refused += (await refusals(loadBalancer, replica)) - before;
        await stopped;
        await refuseKilled(replica);
        await remove([replica]);
        await loadBalancer.forget([replica.address]);
        await deployment.scale(REPLICAS);
        run.say('replaced');
      }
    });
    // HAProxy sends those elsewhere; nothing is to depend on that.
    run.atMost('connections that a draining replica refused', refused, 0);
  },
};

async function refusals(loadBalancer: LoadBalancer, { address }: Container): Promise<number> {
  const [server] = await loadBalancer.servers([address]);
  return server?.refusals ?? 0;
}

async function refuseKilled({ id, name }: Container): Promise<void> {
  const code = (await docker(['inspect', '--format={{.State.ExitCode}}', id])).trim();
  if (code !== '0') throw new Error(`${name} ended with code ${code} instead of draining`);
}
