import type { Compose } from './compose';
import { docker, remove, stop } from './docker';
import { healthy } from './healthy';

/**
 * Replaces the replicas that run another image than the given one, as a deployment on ECS does: as many new ones first,
 * and when the load balancer at `origin` has let each of them answer, the old are told to stop, and drain. No request
 * fails. Compose by itself stops a replica before it starts the next.
 *
 * Leaves everything as it was when the new ones do not become healthy, and throws the Failure that says why.
 */
export async function replaceOutdated(
  compose: Compose,
  { image, origin, signal }: { image: string; origin: string; signal: AbortSignal },
): Promise<void> {
  const before = await compose.replicas();
  const wanted = (await docker(['image', 'inspect', '--format={{.Id}}', image])).trim();
  const old = before.filter(({ imageId, running }) => running && imageId !== wanted);
  if (old.length === 0) return;
  try {
    await compose.up(before.length + old.length, { keep: true, signal });
    await healthy(compose, origin, before.length + old.length, signal);
  } catch (error) {
    const known = new Set(before.map(({ id }) => id));
    const young = (await compose.replicas()).filter(({ id }) => !known.has(id));
    await remove(young);
    throw error;
  }
  await Promise.all(old.map(stop));
  await remove(old);
}
