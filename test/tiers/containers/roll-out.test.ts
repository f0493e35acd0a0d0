import { Compose } from '../../../scripts/containers/compose';
import { rollOut } from '../../../scripts/containers/roll-out';
import { describeDocker, docker, IMAGE, withImage } from './docker';

const PORT = 18096;
const NEXT = `${IMAGE}-next`;

describeDocker('replacing more replicas than the load balancer has room for', () => {
  withImage();
  afterAll(() => docker('image', 'rm', '--force', NEXT));

  it('replaces them in parts, and never has more than all and a part', async () => {
    const id = docker('create', IMAGE).trim();
    docker('commit', '--change=LABEL next=true', id, NEXT);
    docker('rm', '--volumes', id);
    const compose = await Compose.find('keepsake-test-roll-out');
    try {
      const before = await rollOut(compose, 5, { image: IMAGE, port: PORT }, 2);
      let most = 0;
      let rolled = false;
      const rolling = rollOut(compose, 5, { image: NEXT, port: PORT }, 2).finally(() => {
        rolled = true;
      });
      while (!rolled) most = Math.max(most, (await compose.replicas()).length);
      const after = await rolling;
      expect(most).toBe(7);
      expect(after.map(({ image }) => image)).toEqual(Array(5).fill(NEXT));
      expect(before.filter(({ id }) => after.some((replica) => replica.id === id))).toEqual([]);
    } finally {
      await compose.down({ volumes: true });
    }
  });
});
