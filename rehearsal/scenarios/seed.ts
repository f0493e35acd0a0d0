import { remove } from '../../scripts/containers/docker';
import type { Scenario } from '../scenario';

/** How long a new file may take to be listed by the others, in seconds. */
const LISTED = 2;

/** The seed of it all: a container leaves a file, and those after it still know. */
export const scenario: Scenario = {
  title: 'Each container leaves a file that all later ones list',
  async run(run) {
    const deployment = await run.deploy(3);
    const before = await deployment.replicas();
    const files = await deployment.files();
    await run.eventually(LISTED, async () => (await deployment.wrongAbout(files)) === 0);
    run.atMost('replicas with a wrong own file or list', await deployment.wrongAbout(files), 0);
    run.say('destroying one');
    await remove(before.slice(0, 1));
    await deployment.scale(3);
    run.say('recreated');
    const known = [...new Set([...files, ...(await deployment.files())])];
    run.atMost('files that the recreated container shares with an earlier one', 4 - known.length, 0);
    await run.eventually(LISTED, async () => (await deployment.wrongAbout(known)) === 0);
    run.atMost('replicas with a wrong own file or list then', await deployment.wrongAbout(known), 0);
  },
};
