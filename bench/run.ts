import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { command, Failure, run, someOf } from '../scripts/support/command-line';
import type { Part } from './support';

const PARTS = ['throughput', 'image', 'start', 'history', 'slowest'];

run(
  command('bench', {
    examples: ['npm run bench', 'npm run bench -- throughput', 'npm run bench -- image --only palindrome'],
    exitCodes: { 0: 'measured, whatever the figures', 2: 'called wrongly, or a tool is not installed' },
  })
    .addArgument(someOf('part', PARTS, PARTS.join(', ')))
    .option('--only <text>', 'of the operations, those whose name contains this', '')
    .action(async (names: readonly string[], { only }: { only: string }) => {
      require('../scripts/build');
      for (const tool of ['wrk', 'docker']) {
        if (spawnSync(tool, ['--version']).error)
          throw new Failure(`${tool} is not installed; install it with apt-get`, 2);
      }
      console.log(
        `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; bold is what misses its target`,
      );
      for (const name of names) {
        const { columns = ['measure', 'figure', 'target'], rows } = require(`./${name}`) as Part;
        console.log(`\n|${columns.join('|')}|\n|${'---|'.repeat(columns.length)}`);
        for await (const cells of rows(only)) console.log(`|${cells.join('|')}|`);
      }
    }),
);
