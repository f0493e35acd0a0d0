import { remove } from '../../../scripts/containers/docker';
import { describeDocker, docker } from './docker';
import { engineWith } from './engine';

const LABEL = 'keepsake-test-remove';

const names = () =>
  docker('ps', '--all', '--filter', `label=${LABEL}`, '--format={{.Names}}').split('\n').filter(Boolean);

const { DOCKER_HOST = '' } = process.env;

describeDocker('removing containers', () => {
  afterEach(() => {
    for (const name of names()) docker('rm', '--force', name);
  });

  it('names the one that the engine does not remove, and removes the others', async () => {
    const made = ['first', 'stuck', 'last'].map((part) => {
      const name = `keepsake-test-${part}`;
      return { name, id: docker('create', `--label=${LABEL}`, `--name=${name}`, 'haproxy:3.0').trim() };
    });
    const isOfStuck = (path = '') => path.includes(made[1]?.id as string);
    process.env.DOCKER_HOST = await engineWith(({ method, url }) => method === 'DELETE' && isOfStuck(url));
    const removed = remove(made, { patience: 3000 }).finally(() => {
      process.env.DOCKER_HOST = DOCKER_HOST;
    });
    await expect(removed).rejects.toThrow('Docker does not remove keepsake-test-stuck; restart it');
    expect(names()).toEqual(['keepsake-test-stuck']);
  });
});
