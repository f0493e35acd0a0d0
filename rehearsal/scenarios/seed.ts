import { remove } from '../../scripts/containers/docker';
import { eventually } from '../eventually';
import { atMost, type Figure, type Scenario, type Stage } from '../scenario';
import { ask, filesOf, type Site } from '../site';

/** How long a new file may take to be listed by the others, in seconds. */
const LISTED = 2;

/** The seed of it all: a container leaves a file, and those after it still know. */
export const seed: Scenario = {
  name: 'seed',
  title: 'Each container leaves a file that all later ones list',
  async play(stage: Stage): Promise<Figure[]> {
    const site = await stage.open({ replicas: 3 });
    const before = await site.replicas();
    const files = await filesOf(before);
    await eventually(LISTED, stage, () => wrong(site, files).then((count) => count === 0));
    const wrongAtFirst = await wrong(site, files);
    const [first] = before;
    if (!first) throw new Error('no replica is there');
    stage.say(`destroying ${first.name}`);
    await remove([first]);
    await site.scale(3);
    await site.answering(3);
    stage.say('recreated');
    const known = new Set([...files, ...(await filesOf(await site.replicas()))]);
    await eventually(LISTED, stage, () => wrong(site, [...known]).then((count) => count === 0));
    return [
      atMost('replicas with a wrong own file or list', wrongAtFirst, 0),
      atMost('files that the recreated container shares with an earlier one', 4 - known.size, 0),
      atMost(
        'replicas with a wrong own file or list after one was recreated',
        await wrong(site, [...known]),
        0,
      ),
    ];
  },
};

/** How many replicas do not answer the file that they logged, or do not list exactly the other files. */
async function wrong(site: Site, files: readonly string[]): Promise<number> {
  const replicas = await site.replicas();
  const right = await Promise.all(
    replicas.map(async (replica) => {
      const own = (await filesOf([replica])).at(-1) as string;
      const { file } = await ask(replica, '/file');
      const { files: listed, total } = await ask(replica, '/files');
      const others = files.filter((name) => name !== own).toSorted();
      return file === own && total === others.length && listed.toSorted().join() === others.join();
    }),
  );
  return right.filter((is) => !is).length;
}
