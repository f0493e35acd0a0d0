import type { Scenario } from '../scenario';

const CROWD = 50;
/** How long a new file may take to be listed, in seconds: each asks the other 49 within the limits of its task. */
const LISTED = 10;

export const scenario: Scenario = {
  title: `${CROWD} containers start as fast as the engine can`,
  async run(run) {
    const start = performance.now();
    const deployment = await run.deploy(CROWD);
    run.say(`seconds until all answered: ${((performance.now() - start) / 1000).toFixed(0)}`);
    const files = [...new Set(await deployment.files())];
    run.atLeast('distinct files', files.length, CROWD);
    await run.eventually(LISTED, async () => (await deployment.wrongAbout(files)) === 0);
    run.atMost('containers that do not list exactly the others', await deployment.wrongAbout(files), 0);
    run.atMost('restarts', await deployment.restarts(), 0);
  },
};
