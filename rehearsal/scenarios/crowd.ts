import { now } from '../clock';
import { eventually } from '../eventually';
import { atLeast, atMost, type Figure, type Scenario, type Stage, told } from '../scenario';
import { ask, filesOf } from '../site';

const COUNT = 50;
/** How long the last files may take to be listed by all, in seconds: each asks the other 49 within the limits of its task. */
const LISTED = 10;

export const crowd: Scenario = {
  name: 'crowd',
  title: `${COUNT} containers start as fast as the engine can`,
  async play(stage: Stage): Promise<Figure[]> {
    const start = now();
    const site = await stage.open({ replicas: COUNT });
    const took = (now() - start) / 1000;
    stage.say(`all of them answer after ${took.toFixed(0)} s`);
    const replicas = await site.replicas();
    const files = new Set(await filesOf(replicas));
    const incomplete = async () => {
      const lists = await Promise.all(
        replicas.map(async (replica) => {
          const { file } = await ask(replica, '/file');
          const listed = new Set((await ask(replica, '/files')).files);
          return [...files].every((name) => listed.has(name) === (name !== file));
        }),
      );
      return lists.filter((complete) => !complete).length;
    };
    await eventually(LISTED, stage, async () => (await incomplete()) === 0);
    return [
      atLeast('distinct files', files.size, COUNT),
      atMost('containers that do not list exactly the others', await incomplete(), 0),
      atMost(
        'restarts',
        replicas.reduce((sum, { restarts }) => sum + restarts, 0),
        0,
      ),
      told('seconds until all answered', took.toFixed(0)),
    ];
  },
};
