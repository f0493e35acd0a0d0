import { Compose } from './containers/compose';
import { docker, hasVolume } from './containers/docker';
import { command, run } from './support/command-line';

/** Counts the files in a history, in the image that left them: nothing else is sure to be on this machine. */
const COUNT = `fs.readdirSync('/mnt/history', { recursive: true }).filter((name) => name.endsWith('.txt')).length`;

async function down({ purge = false }: { purge?: boolean }): Promise<void> {
  const compose = await Compose.find({ project: process.env.COMPOSE_PROJECT_NAME || 'keepsake' });
  const volume = compose.historyVolume;
  const [replica] = await compose.replicas();
  const exists = await hasVolume(volume);
  if (purge && exists) {
    const count = await filesIn(volume, replica?.imageId ?? 'keepsake');
    console.log(`Deleting the volume ${volume}, and with it the history of ${count} files.`);
  }
  await compose.down({ volumes: purge });
  console.log(replica ? 'The containers are removed.' : 'No containers were there.');
  if (exists && !purge)
    console.log(`The history is kept in the volume ${volume}; npm run down -- --purge deletes it.`);
}

function filesIn(volume: string, image: string): Promise<string> {
  const node = ['--entrypoint', '/nodejs/bin/node', image, '--print', COUNT];
  const mount = ['--volume', `${volume}:/mnt/history:ro`];
  return docker(['run', '--rm', '--pull=never', '--network=none', ...mount, ...node]).then(
    (count) => count.trim(),
    () => 'uncounted',
  );
}

run(
  command('down', { examples: ['npm run down', 'npm run down -- --purge'] })
    .option('--purge', 'delete the history too')
    .action(down),
);
