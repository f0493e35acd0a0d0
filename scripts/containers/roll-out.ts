import type { Compose, ScaleOptions } from './compose';
import { type Container, idOf, remove, stop } from './docker';
import { healthy, type Replica } from './healthy';
import { LoadBalancer } from './load-balancer';

/** Room in the load balancer for replicas that replace others, beside the 64 that may run: deploy/haproxy.cfg. */
const PART = 32;

/**
 * Makes so many replicas of the image run, as a deployment on ECS does: new ones are started first, and when the load
 * balancer has let each of them answer, it stops sending requests to those that are too many or differ from compose.yaml
 * and the image; only then are these told to stop. Compose by itself stops a replica before it starts the next, and tells
 * no load balancer.
 * @param part how many are replaced at once
 * @returns the replicas. @throws Failure when the new ones do not become healthy, with all of them left as they are.
 */
export async function rollOut(
  compose: Compose,
  replicas: number,
  { image, port, signal }: ScaleOptions,
  part = PART,
): Promise<Replica[]> {
  // Ones that have ended, or end again and again.
  await remove((await compose.replicas()).filter(({ running }) => !running));
  for (;;) {
    const present = await compose.replicas();
    const outdated = await outdatedOf(compose, present, image);
    const current = present.filter((replica) => !outdated.includes(replica));
    const added = Math.min(Math.max(replicas - current.length, 0), part);
    await compose.scale(present.length + added, { image, port, signal });
    const found = await healthy(compose, `http://localhost:${port}`, present.length + added, signal);
    const leaving = [...outdated, ...current.slice(replicas)].slice(0, part);
    if (leaving.length === 0 && current.length + added >= replicas) return found;
    await retire(compose, leaving);
  }
}

/** Those of another image, or made of another compose.yaml. The same image may have another name. */
async function outdatedOf(
  compose: Compose,
  replicas: readonly Container[],
  image: string,
): Promise<Container[]> {
  const wanted = await idOf(image);
  const hashes = new Map<string, string>();
  for (const name of new Set(replicas.map(({ image: named }) => named)))
    hashes.set(name, await compose.hash(name));
  return replicas.filter((it) => it.imageId !== wanted || it.configHash !== hashes.get(it.image));
}

/** Removes replicas without losing a request: they are deregistered first, then told to stop, and drain. */
export async function retire(compose: Compose, replicas: readonly Container[]): Promise<void> {
  const container = await compose.loadBalancer();
  const loadBalancer = container?.running ? new LoadBalancer(container) : undefined;
  const addresses = replicas.map(({ address }) => address).filter(Boolean);
  await loadBalancer?.deregister(addresses);
  await Promise.all(replicas.map(stop));
  await remove(replicas);
  await loadBalancer?.forget(addresses);
}
