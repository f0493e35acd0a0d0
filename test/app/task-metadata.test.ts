import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawnContainer } from '../support/process';
import { temporaryDirectory } from '../support/temporary';

/** Part of what ECS answers (Amazon ECS: "Task metadata endpoint version 4", its example). */
const TASK = {
  Cluster: 'default',
  TaskARN: 'arn:aws:ecs:us-west-2:111122223333:task/default/158d1c8083dd49d6b527399fd6414f5c',
  AvailabilityZone: 'us-west-2d',
  Containers: [{ Name: 'app', Networks: [{ IPv4Addresses: ['10.0.2.106'] }] }],
};

/** A container that asks this metadata endpoint. */
async function started(answer: RequestListener) {
  const server = createServer(answer).listen(0);
  servers.add(server);
  const environment = {
    HISTORY_DIR: temporaryDirectory(),
    GENERATED_DIR: temporaryDirectory(),
    ECS_CONTAINER_METADATA_URI_V4: `http://localhost:${(server.address() as AddressInfo).port}/v4/c0ffee`,
  };
  const container = await spawnContainer(environment).listening;
  return { container, who: (await container.ask('/file')).json };
}

const servers = new Set<ReturnType<typeof createServer>>();
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

describe('A container that ECS runs', () => {
  it('says in which zone and as which task, and nothing else that ECS told it', async () => {
    const { container, who } = await started((request, response) =>
      response.end(request.url === '/v4/c0ffee/task' ? JSON.stringify(TASK) : ''),
    );
    expect(who).toEqual({
      file: container.file,
      createdAt: expect.any(String),
      since: expect.any(String),
      zone: 'us-west-2d',
      name: '158d1c8083dd49d6b527399fd6414f5c',
    });
  });

  it.each<[string, RequestListener]>([
    ['answers something else', (_request, response) => response.end('busy')],
    ['never answers', () => undefined],
  ])('serves without that where ECS %s, and logs it', async (_what, answer) => {
    const { container, who } = await started(answer);
    expect(Object.keys(who)).toEqual(['file', 'createdAt', 'since']);
    expect(container.log.map(({ event }) => event)).toContain('place_unknown');
  });
});
