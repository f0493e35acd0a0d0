import { fetch } from 'undici';
import { keepsakeContainer } from '../../lib/keepsake-container';
import { FailingStorage } from '../../test/support/failing-storage';
import { now } from '../clock';
import { eventually } from '../eventually';
import { Load } from '../load';
import { filesOf, type LocalDeployment } from '../local-deployment';
import { routes, withoutHistory } from '../routes';
import { atLeast, atMost, type Figure, type Scenario, type ScenarioContext, told } from '../scenario';
import { p99, reasons } from '../timeline';

const RATE = 250;
/** How long each fault lasts, and how long the normal state is measured before, in seconds. */
const SECONDS = 20;
/** A container that has used its quarter of a processor waits for as long, in milliseconds: Linux shares it out ten times a second. */
const THROTTLED = 75;
/** How long the history may take to be there again, in seconds. */
const RECOVERED = 10;
/** What must not notice. */
const UNTOUCHED = ['getOwnFile', 'getHealth'];
const LISTINGS = ['listFiles'];

export const storage: Scenario = {
  name: 'storage',
  title: `The history hangs, is read-only and is full, for ${SECONDS} s each`,
  missing: () => FailingStorage.missing(),
  async run(context: ScenarioContext): Promise<Figure[]> {
    const { timeline } = context;
    const failing = new FailingStorage(keepsakeContainer.user);
    context.cleanUp(() => failing.remove());
    await context.wait(1);
    const env = { REHEARSAL_STORAGE: failing.path };
    const deployment = await context.deploy({ replicas: 3, overrides: ['storage'], env });
    // A hung container cannot be removed: whatever happens, the storage answers again before that.
    context.cleanUp(() => failing.faults.hung.end());
    const watch = await watchHealth(deployment, context);
    const [file = ''] = await filesOf(await deployment.replicas());
    const once = withoutHistory(routes(file));
    // Those whose p99 is compared five times as often: of a thousand requests it says something, of three hundred little.
    const often = once.filter(({ name }) => UNTOUCHED.includes(name));
    const all = [...once, ...often, ...often, ...often, ...often];
    const load = new Load({ origin: deployment.origin, routes: all, timeline }).atRate(RATE);
    context.cleanUp(() => load.stop());
    await context.wait(5); // Warms up.

    const figures: Figure[] = [];
    for (const [name, fault] of Object.entries(failing.faults)) {
      const start = now();
      await context.wait(SECONDS);
      context.say(`the history is ${name}`);
      const begun = now();
      fault.begin();
      await context.wait(SECONDS);
      const ended = now();
      fault.end();
      context.say('the history is back');
      const back = await eventually(RECOVERED, context, () => answers(deployment));
      for (const route of UNTOUCHED) {
        const normal = p99(timeline.between(start, begun, [route]));
        const measured = p99(timeline.between(begun, ended, [route]));
        figures.push(atMost(`${name}: p99 of ${route}`, measured, 2 * normal + THROTTLED, ' ms'));
      }
      const listings = timeline.between(begun, ended, LISTINGS);
      const slowest = Math.max(...listings.map(({ from, to }) => to - from));
      figures.push(atMost(`${name}: slowest answer of /files`, slowest, 2000, ' ms'));
      const refused = listings.filter(({ status }) => status === 503).length;
      if (name === 'hung') figures.push(atLeast('hung: answers 503 of /files', refused, 1));
      else figures.push(atMost(`${name}: answers 503 of /files`, refused, 0));
      figures.push(
        atMost(
          `${name}: seconds until /files answers again`,
          back ?? Number.POSITIVE_INFINITY,
          RECOVERED,
          ' s',
        ),
      );
    }
    await load.stop();
    const { failures } = timeline;
    const restarts = (await deployment.replicas()).reduce((sum, replica) => sum + replica.restarts, 0);
    return [
      ...figures,
      atMost('failed requests', failures.length, 0),
      ...(failures.length > 0 ? [told('which', reasons(failures))] : []),
      atMost('restarts', restarts, 0),
      atMost('times that a replica was not healthy', watch.unhealthy(), 0),
    ];
  },
};

async function answers({ origin }: LocalDeployment): Promise<boolean> {
  // Three in a row: each replica's turn.
  for (let i = 0; i < 3; i++) if ((await fetch(`${origin}/readyz`)).status !== 200) return false;
  return (await fetch(`${origin}/files`)).status === 200;
}

/** Looks every other second whether the load balancer takes all replicas for healthy. */
async function watchHealth(
  deployment: LocalDeployment,
  context: ScenarioContext,
): Promise<{ unhealthy(): number }> {
  const loadBalancer = await deployment.loadBalancer();
  let count = 0;
  const look = setInterval(async () => {
    const servers = await loadBalancer.servers().catch(() => []);
    count += servers.filter(({ status }) => status !== 'UP').length;
  }, 2000);
  context.cleanUp(() => clearInterval(look));
  return { unhealthy: () => count };
}
