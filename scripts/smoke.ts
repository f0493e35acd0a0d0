import { command, Failure, run } from './support/command-line';

function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new Failure(`"${text}" is not an HTTP URL, such as http://localhost:8080`, 2);
}

run(
  command('smoke', {
    examples: ['npm run smoke -- http://localhost:8080'],
    exitCodes: { 0: 'every expectation holds', 1: 'one does not hold, or nothing answers' },
  })
    .argument('<url>', 'where it runs', originOf)
    .action((origin: string) => {
      const { smoke }: typeof import('./smoke/smoke') = require('./smoke/smoke');
      return smoke(origin);
    }),
);
