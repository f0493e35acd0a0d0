import { command, Failure, run } from './support/command-line';

function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new Failure(`"${text}" is not an HTTP URL, such as http://localhost:8080`, 2);
}

async function smoke(origin: string): Promise<void> {
  const { ApiClient }: typeof import('./smoke/api-client') = require('./smoke/api-client');
  const { expectations }: typeof import('./smoke/expectations') = require('./smoke/expectations');
  const api = new ApiClient(origin);
  await api.reach().catch(({ cause, message }) => {
    throw new Failure(`nothing answers at ${origin}: ${cause?.code ?? cause?.message ?? message}`);
  });
  let failed = 0;
  for (const [name, check] of Object.entries(expectations)) {
    try {
      await check(api);
      console.log(`ok    ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}\n      expected: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  console.log(`\n${Object.keys(expectations).length - failed} passed, ${failed} failed at ${origin}`);
  process.exitCode = failed ? 1 : 0;
}

run(
  command('smoke', {
    examples: ['npm run smoke -- http://localhost:8080'],
    exitCodes: { 0: 'every expectation holds', 1: 'one does not hold, or nothing answers' },
  })
    .argument('<url>', 'where it runs', originOf)
    .action(smoke),
);
