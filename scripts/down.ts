import { Compose } from './containers/compose';
import { hasVolume } from './containers/docker';
import { command, run } from './support/command-line';

async function down({ purge = false }: { purge?: boolean }): Promise<void> {
  const compose = await Compose.find(process.env.COMPOSE_PROJECT_NAME || 'keepsake');
  const volume = compose.historyVolume;
  const [replica] = await compose.replicas();
  const exists = await hasVolume(volume);
  if (purge && exists) console.log(`Deleting the volume ${volume}, and with it the history.`);
  await compose.down({ volumes: purge });
  console.log(replica ? 'The containers are removed.' : 'No containers were there.');
  if (exists && !purge)
    console.log(`The history is kept in the volume ${volume}; npm run down -- --purge deletes it.`);
}

run(
  command('down', { examples: ['npm run down', 'npm run down -- --purge'] })
    .option('--purge', 'delete the history too')
    .action(down),
);
