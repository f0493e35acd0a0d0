import { setTimeout as sleep } from 'node:timers/promises';

/** Checks again until nothing throws: a listing may be a second old, a process takes a while. */
export async function eventually(check: () => unknown, seconds = 15): Promise<void> {
  for (const end = Date.now() + seconds * 1000; ; await sleep(50)) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
