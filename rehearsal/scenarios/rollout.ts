import { type Container, docker } from '../../scripts/containers/docker';
import type { LocalDeployment } from '../local-deployment';
import { routes } from '../routes';
import type { Scenario, ScenarioRun } from '../scenario';

export const REPLICAS = 6;
/** Requests a second. Of 2,000, a machine of two cores that is busy with more than this has failed 58 of 240,000. */
const RATE = 1000;
const NEXT = 'keepsake-rehearsal-next';

/** As a deployment does: new tasks first; the old ones are deregistered, and stopped when nothing reaches them any more. */
export const scenario: Scenario = {
  title: 'All replicas are replaced under load, in the order of a deployment',
  async run(run) {
    const deployment = await run.deploy(REPLICAS);
    const [replica] = (await deployment.replicas()) as [Container];
    await docker(['commit', '--pause=false', '--change=LABEL version=next', replica.id, NEXT]);
    run.cleanUp(() => docker(['image', 'rm', '--force', NEXT]));
    await replacedUnderLoad(run, deployment, () => deployment.rollOut(NEXT));
  },
};

/** Has all replicas replaced, and holds what clients saw of it to nothing. */
export async function replacedUnderLoad(
  run: ScenarioRun,
  deployment: LocalDeployment,
  replace: () => Promise<void>,
): Promise<void> {
  const old = await deployment.replicas();
  const [file = ''] = await deployment.files();
  const load = run.load(deployment.origin, routes(file)).atRate(RATE);
  await run.wait(5);
  const start = performance.now();
  await replace();
  run.say(`seconds it took: ${((performance.now() - start) / 1000).toFixed(0)}`);
  await run.wait(5);
  await load.stop();
  const still = (await deployment.replicas()).filter(({ id }) => old.some((replica) => replica.id === id));
  run.noneFailed();
  run.atLeast('requests/s', run.timeline.rate(), 0.8 * RATE);
  run.atMost('replicas that were not replaced', still.length, 0);
}
