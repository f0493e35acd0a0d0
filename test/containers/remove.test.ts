import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { remove } from '../../scripts/containers/docker';
import { temporaryDirectory } from '../support/temporary';
import { describeDocker, docker } from './docker';

const ENGINE = '/var/run/docker.sock';
const LABEL = 'keepsake-test-remove';

const names = () =>
  docker('ps', '--all', '--filter', `label=${LABEL}`, '--format={{.Names}}').split('\n').filter(Boolean);

/** An engine that does all that the real one does, but never removes this container. */
async function engineThatNeverRemoves(id: string): Promise<string> {
  const socket = join(temporaryDirectory(), 'docker.sock');
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    if (method === 'DELETE' && path?.includes(id)) return;
    const forwarded = request({ socketPath: ENGINE, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode as number, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  }).listen(socket);
  await once(server, 'listening');
  closing.push(() => server.close().closeAllConnections());
  return `unix://${socket}`;
}

const closing: (() => void)[] = [];
const { DOCKER_HOST = '' } = process.env;

describeDocker('removing containers', () => {
  afterEach(() => {
    for (const close of closing.splice(0)) close();
    for (const name of names()) docker('rm', '--force', name);
  });

  it('names the one that the engine does not remove, and removes the others', async () => {
    const made = ['first', 'stuck', 'last'].map((part) => {
      const name = `keepsake-test-${part}`;
      return { name, id: docker('create', `--label=${LABEL}`, `--name=${name}`, 'haproxy:3.0').trim() };
    });
    process.env.DOCKER_HOST = await engineThatNeverRemoves(made[1]?.id as string);
    const removed = remove(made, { patience: 3000 }).finally(() => {
      process.env.DOCKER_HOST = DOCKER_HOST;
    });
    await expect(removed).rejects.toThrow('Docker does not remove keepsake-test-stuck; restart it');
    expect(names()).toEqual(['keepsake-test-stuck']);
  });
});
