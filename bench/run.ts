import { cpus } from 'node:os';
import { history } from './history';
import { palindrome } from './palindrome';
import { has, type Row } from './support';
import { throughput } from './throughput';

// `npm run bench` prints one table; `npm run bench -- NAME…` only those parts of it.

const PARTS: Record<string, () => Promise<Row[]>> = { throughput, history, palindrome };

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in PARTS));
  if (unknown) throw new Error(`There is no part ${unknown}, only ${Object.keys(PARTS).join(', ')}.`);
  if (!has('wrk')) throw new Error('The benchmark needs wrk: apt-get install wrk, or brew install wrk.');

  console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`);
  console.log('| measure | figure | target | holds |\n|---|---|---|---|');
  let missed = 0;
  for (const name of names.length > 0 ? names : Object.keys(PARTS)) {
    for (const { measure, figure, target, holds } of await (PARTS[name] as () => Promise<Row[]>)()) {
      if (holds === false) missed++;
      console.log(
        `| ${measure} | ${figure} | ${target} | ${holds === undefined ? '' : holds ? 'yes' : '**no**'} |`,
      );
    }
  }
  console.log(`\n${missed} missed`);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
