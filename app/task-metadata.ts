import type { Logger } from 'pino';
import * as z from 'zod';

/** Where a container runs, as far as it can know. */
export interface Place {
  /** The availability zone. */
  zone?: string | undefined;
  /** The id of its ECS task. */
  name?: string | undefined;
}

/** How long ECS may take to answer, in milliseconds: the start waits for it at the most. */
const PATIENCE = 1000;

const Task = z.object({ AvailabilityZone: z.string().optional(), TaskARN: z.string().optional() });

/**
 * Asks ECS where this container runs (task metadata endpoint, version 4). Never rejects: nothing is known where there is no
 * endpoint, or where it does not answer.
 */
export async function readPlace(endpoint: string | undefined, log: Logger): Promise<Place> {
  if (!endpoint) return {};
  try {
    const response = await fetch(`${endpoint}/task`, { signal: AbortSignal.timeout(PATIENCE) });
    const { AvailabilityZone: zone, TaskARN } = Task.parse(await response.json());
    return { zone, name: TaskARN?.split('/').at(-1) };
  } catch (error) {
    log.warn({ event: 'place_unknown', err: error }, 'ECS does not tell where this container runs.');
    return {};
  }
}
