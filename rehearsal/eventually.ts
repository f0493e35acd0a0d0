import { now } from './clock';
import type { ScenarioContext } from './scenario';

/** Looks again until it holds, or so many seconds have passed. @returns the seconds that it took; undefined when it never held */
export async function eventually(
  seconds: number,
  { wait }: Pick<ScenarioContext, 'wait'>,
  holds: () => Promise<boolean>,
): Promise<number | undefined> {
  const start = now();
  for (;;) {
    if (await holds()) return (now() - start) / 1000;
    if (now() - start > seconds * 1000) return undefined;
    await wait(0.1);
  }
}
