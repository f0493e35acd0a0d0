import { parseArgs } from 'node:util';
import { CommandError, Failure } from './containers/command';
import { Compose } from './containers/compose';
import { docker } from './containers/docker';
import { exitWith } from './exit-with';

// Removes what `npm run up` started, and keeps the history: `npm run down`. With `-- --purge` the history is deleted too.

/** Counts the files in a history, in the image that left them: nothing else is sure to be on this machine. */
const COUNT = `fs.readdirSync('/mnt/history', { recursive: true }).filter((name) => name.endsWith('.txt')).length`;

async function down(purge: boolean): Promise<void> {
  const compose = await Compose.find({ project: process.env.COMPOSE_PROJECT_NAME || 'keepsake' });
  const volume = compose.historyVolume;
  const [replica] = await compose.replicas();
  const exists = await docker(['volume', 'inspect', volume]).then(
    () => true,
    () => false,
  );
  if (purge && exists) {
    console.log(
      `Deleting the volume ${volume}, and with it ${await countFiles(volume, replica?.imageId ?? 'keepsake')}`,
    );
  }
  await compose.down({ volumes: purge });
  console.log(replica ? 'The containers are removed.' : 'No containers were there.');
  if (exists && !purge)
    console.log(`The history is kept in the volume ${volume}; npm run down -- --purge deletes it.`);
}

async function countFiles(volume: string, image: string): Promise<string> {
  const node = ['--entrypoint', '/nodejs/bin/node', image, '--print', COUNT];
  const mount = ['--volume', `${volume}:/mnt/history:ro`];
  return docker(['run', '--rm', '--pull=never', '--network=none', ...mount, ...node]).then(
    (count) => `the history of ${count.trim()} files.`,
    () => 'the history.',
  );
}

async function main(): Promise<number> {
  let purge: boolean;
  try {
    const { values } = parseArgs({ options: { purge: { type: 'boolean', default: false } } });
    purge = values.purge;
  } catch (error) {
    console.error(`down: ${(error as Error).message}`);
    return 2;
  }
  try {
    await down(purge);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure || error instanceof CommandError)) throw error;
    console.error(`down: ${error.message}`);
    return 1;
  }
}

exitWith(main());
