import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Logger } from 'pino';

/** Where a container runs, as far as it can know. */
export interface Place {
  /** The availability zone. */
  zone?: string | undefined;
  /** The id of its ECS task. */
  name?: string | undefined;
}

/** What ECS tells, in part (task metadata endpoint, version 4). */
interface Task {
  AvailabilityZone?: string;
  TaskARN?: string;
}

/** How long ECS may take to answer, in milliseconds: the start waits for it at the most. */
const PATIENCE = 1000;

/**
 * Asks ECS where this container runs. Never rejects: nothing is known where there is no endpoint, or where it does not answer.
 * Not by `fetch`, whose loading takes as long as a third of the start.
 */
export async function readPlace(endpoint: string | undefined, log: Logger): Promise<Place> {
  if (!endpoint) return {};
  try {
    const request = get(`${endpoint}/task`, { signal: AbortSignal.timeout(PATIENCE) });
    const [response]: IncomingMessage[] = await once(request, 'response');
    const { AvailabilityZone: zone, TaskARN } = (await json(response as IncomingMessage)) as Task;
    return { zone, name: TaskARN?.split('/').at(-1) };
  } catch (error) {
    log.warn({ event: 'place_unknown', err: error }, 'ECS does not tell where this container runs.');
    return {};
  }
}
