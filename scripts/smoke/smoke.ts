import { fetch } from 'undici';
import { Failure } from '../support/command-line';
import { ApiClient, PATIENCE } from './api-client';
import { expectations } from './expectations';

/** Holds what runs at a URL to every expectation, a line for each. @throws Failure when nothing answers. */
export async function smoke(origin: string): Promise<void> {
  const api = new ApiClient(origin);
  await fetch(origin, { signal: AbortSignal.timeout(PATIENCE) }).catch(
    ({ cause, message }: Error & { cause?: NodeJS.ErrnoException }) => {
      throw new Failure(`nothing answers at ${origin}: ${cause?.code ?? cause?.message ?? message}`);
    },
  );
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
