import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { command, Failure, run, someOf } from '../scripts/support/command-line';
import type { Row } from './support';

const PARTS: Record<string, () => Promise<Row[]>> = {
  throughput: () => (require('./throughput') as typeof import('./throughput')).throughput(),
  history: () => (require('./history') as typeof import('./history')).history(),
  palindrome: () => (require('./palindrome') as typeof import('./palindrome')).palindrome(),
  slowest: () => (require('./slowest') as typeof import('./slowest')).slowest(),
  image: () => (require('./image') as typeof import('./image')).image(),
  synth: () => (require('./synth') as typeof import('./synth')).synth(),
};
const NAMES = Object.keys(PARTS);

run(
  command('bench', {
    examples: ['npm run bench', 'npm run bench -- throughput palindrome'],
    exitCodes: { 0: 'measured, whatever the figures', 2: 'called wrongly, or wrk is not installed' },
  })
    .addArgument(someOf('part', NAMES, NAMES.join(', ')))
    .action(async (names: readonly string[]) => {
      if (spawnSync('wrk', ['-v']).error)
        throw new Failure('wrk is not installed; apt-get install wrk, or brew install wrk', 2);
      require('../scripts/build');
      console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
      console.log('| measure | figure | target | holds |\n|---|---|---|---|');
      let missed = 0;
      for (const name of names) {
        for (const { measure, figure, target, holds } of await (PARTS[name] as () => Promise<Row[]>)()) {
          if (holds === false) missed++;
          const verdict = holds === undefined ? '' : holds ? 'yes' : '**no**';
          console.log(`| ${measure} | ${figure} | ${target} | ${verdict} |`);
        }
      }
      console.log(`\n${missed} missed`);
    }),
);
