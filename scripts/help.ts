import { command, run } from './support/command-line';
import { commands } from './support/commands';

run(
  command('help', { examples: ['npm run help', 'npm run deploy -- --help'] }).action(() => {
    for (const [purpose, group] of Object.entries(commands)) {
      console.log(`\n${purpose}`);
      for (const [name, summary] of Object.entries(group))
        console.log(`  npm run ${name.padEnd(16)}  ${summary}`);
    }
    console.log('\nEach of ours answers --help: npm run up -- --help');
  }),
);
