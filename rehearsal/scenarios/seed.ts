import { remove } from '../../scripts/containers/docker';
import { eventually } from '../eventually';
import { ask, filesOf, type LocalDeployment } from '../local-deployment';
import { atLeast, atMost, type Figure, type Scenario, type ScenarioContext, told } from '../scenario';

/** How long a new file may take to be listed by the others, in seconds. */
const LISTED = 2;
const CROWD = 50;
/** The same for a crowd: each asks the other 49 within the limits of its task. */
const LISTED_BY_CROWD = 10;

/** The seed of it all: a container leaves a file, and those after it still know. */
export const seed: Scenario = {
  name: 'seed',
  title: 'Each container leaves a file that all later ones list',
  async run(context: ScenarioContext): Promise<Figure[]> {
    const deployment = await context.deploy({ replicas: 3 });
    const before = await deployment.replicas();
    const files = await filesOf(before);
    await eventually(LISTED, context, async () => (await wrong(deployment, files)) === 0);
    const wrongAtFirst = await wrong(deployment, files);
    context.say('destroying one');
    await remove(before.slice(0, 1));
    await deployment.scale(3);
    await deployment.answering(3);
    context.say('recreated');
    const known = new Set([...files, ...(await filesOf(await deployment.replicas()))]);
    await eventually(LISTED, context, async () => (await wrong(deployment, [...known])) === 0);
    return [
      atMost('replicas with a wrong own file or list', wrongAtFirst, 0),
      atMost('files that the recreated container shares with an earlier one', 4 - known.size, 0),
      atMost(
        'replicas with a wrong own file or list after one was recreated',
        await wrong(deployment, [...known]),
        0,
      ),
    ];
  },
};

export const crowd: Scenario = {
  name: 'crowd',
  title: `${CROWD} containers start as fast as the engine can`,
  async run(context: ScenarioContext): Promise<Figure[]> {
    const start = performance.now();
    const deployment = await context.deploy({ replicas: CROWD });
    const took = (performance.now() - start) / 1000;
    const replicas = await deployment.replicas();
    const files = [...new Set(await filesOf(replicas))];
    await eventually(LISTED_BY_CROWD, context, async () => (await wrong(deployment, files)) === 0);
    const restarts = replicas.reduce((sum, replica) => sum + replica.restarts, 0);
    return [
      atLeast('distinct files', files.length, CROWD),
      atMost('containers that do not list exactly the others', await wrong(deployment, files), 0),
      atMost('restarts', restarts, 0),
      told('seconds until all answered', took.toFixed(0)),
    ];
  },
};

/** How many replicas do not answer the file that they logged, or do not list exactly the other files. */
async function wrong(deployment: LocalDeployment, files: readonly string[]): Promise<number> {
  const right = await Promise.all(
    (await deployment.replicas()).map(async (replica) => {
      const own = (await filesOf([replica])).at(-1) as string;
      const { file } = await ask(replica, '/file');
      const { files: listed, total } = await ask(replica, '/files');
      const others = files.filter((name) => name !== own).toSorted();
      return file === own && total === others.length && listed.toSorted().join() === others.join();
    }),
  );
  return right.filter((is) => !is).length;
}
