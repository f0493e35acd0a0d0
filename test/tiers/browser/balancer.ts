import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** A load balancer of connections, not of requests: each goes to the next of the origins, which may change. */
export async function startBalancer(origins: readonly string[]) {
  let next = 0;
  const server = createServer((client) => {
    const { port } = new URL(origins[next++ % origins.length] as string);
    const target = connect(Number(port), 'localhost', () => client.pipe(target).pipe(client));
    for (const socket of [client, target])
      socket.on('error', () => [client, target].forEach((end) => void end.destroy()));
  });
  server.listen(0);
  await once(server, 'listening');
  servers.add(server);
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const servers = new Set<ReturnType<typeof createServer>>();
afterAll(() => {
  for (const server of servers) server.close();
});
