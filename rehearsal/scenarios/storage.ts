import { fetch } from 'undici';
import { keepsakeContainer } from '../../lib/keepsake-container';
import { FailingStorage } from '../../test/support/failing-storage';
import type { LocalDeployment } from '../local-deployment';
import { routes, withoutHistory } from '../routes';
import type { Scenario } from '../scenario';
import { p99, slowest } from '../timeline';

const RATE = 250;
/** How long each fault lasts, and how long the normal state is measured before, in seconds. */
const SECONDS = 20;
/** A container that has used its quarter of a processor waits for as long, in milliseconds: Linux shares it out ten times a second. */
const THROTTLED = 75;
/** How long the history may take to be there again, in seconds. */
const RECOVERED = 10;
/** What must not notice. */
const UNTOUCHED = ['getOwnFile', 'getHealth'];

export const scenario: Scenario = {
  title: `The history hangs, is read-only and is full, for ${SECONDS} s each`,
  missing: () => FailingStorage.missing(),
  async run(run) {
    const { timeline } = run;
    const failing = new FailingStorage(keepsakeContainer.user);
    run.cleanUp(() => failing.remove());
    await run.wait(1);
    const deployment = await run.deploy(3, failing.path);
    // A hung container cannot be removed: whatever happens, the storage answers again before that.
    run.cleanUp(() => failing.faults.hung.end());
    const before = await failedChecks(deployment);
    const [file = ''] = await deployment.files();
    const once = withoutHistory(routes(file));
    // Those whose p99 is compared five times as often: of a thousand requests it says something, of three hundred little.
    const often = once.filter(({ name }) => UNTOUCHED.includes(name));
    const load = run.load(deployment.origin, [...once, ...often, ...often, ...often, ...often]).atRate(RATE);
    await run.wait(5); // Warms up.

    for (const [name, fault] of Object.entries(failing.faults)) {
      const start = performance.now();
      await run.wait(SECONDS);
      run.say(`the history is ${name}`);
      const begun = performance.now();
      fault.begin();
      await run.wait(SECONDS);
      const ended = performance.now();
      fault.end();
      run.say('the history is back');
      const back = await run.eventually(RECOVERED, () => answers(deployment));
      for (const route of UNTOUCHED) {
        const normal = p99(timeline.between(start, begun, route));
        const measured = p99(timeline.between(begun, ended, route));
        run.atMost(`${name}: p99 of ${route}`, measured, 2 * normal + THROTTLED, ' ms');
      }
      const listings = timeline.between(begun, ended, 'listFiles');
      run.atMost(`${name}: slowest answer of /files`, slowest(listings), 2000, ' ms');
      const refused = listings.filter(({ status }) => status === 503).length;
      if (name === 'hung') run.atLeast('hung: answers 503 of /files', refused, 1);
      else run.atMost(`${name}: answers 503 of /files`, refused, 0);
      run.atMost(`${name}: seconds until /files answers again`, back, RECOVERED);
    }
    await load.stop();
    run.noneFailed();
    run.atMost('restarts', await deployment.restarts(), 0);
    run.atMost('failed health checks', (await failedChecks(deployment)) - before, 0);
  },
};

async function answers({ origin }: LocalDeployment): Promise<boolean> {
  // Three in a row: each replica's turn.
  for (let i = 0; i < 3; i++) if ((await fetch(`${origin}/readyz`)).status !== 200) return false;
  return (await fetch(`${origin}/files`)).status === 200;
}

/** How many health checks of the load balancer have failed. */
async function failedChecks(deployment: LocalDeployment): Promise<number> {
  const servers = await (await deployment.loadBalancer()).servers();
  return servers.reduce((sum, server) => sum + server.failedChecks, 0);
}
