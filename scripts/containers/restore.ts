import type { Compose } from './compose';
import { docker, hasVolume } from './docker';
import { retire, rollOut } from './roll-out';

/** Remembers what runs now, with the load balancer on that port. @returns what makes it so again, and says what it did. */
export async function restorer(compose: Compose, port: number): Promise<() => Promise<string>> {
  const before = (await compose.replicas()).filter(({ running }) => running);
  const hadHistory = await hasVolume(compose.historyVolume);
  return async () => {
    const [first] = before;
    if (!first) {
      await compose.down({ volumes: !hadHistory });
      return 'nothing is left running';
    }
    const { image, imageId } = first;
    // A build has moved the name. One with a digest cannot be moved.
    if (!image.includes('@')) await docker(['tag', imageId, image]);
    const present = await compose.replicas();
    const added = present.filter(({ id }) => !before.some((replica) => replica.id === id));
    if (present.length - added.length === before.length) {
      await retire(compose, added);
      await compose.scale(before.length, { image, port });
    } else {
      await rollOut(compose, before.length, { image, port });
    }
    return 'what ran before runs again';
  };
}
