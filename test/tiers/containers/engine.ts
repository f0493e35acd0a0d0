import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { temporaryDirectory } from '../../support/temporary';

const ENGINE = '/var/run/docker.sock';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/**
 * An engine that does all that the real one does, but for the requests that `spoil` takes on itself and says so. Until the
 * end of the test. @returns its address, for DOCKER_HOST
 */
export async function engineWith(
  spoil: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean,
): Promise<string> {
  const socket = join(temporaryDirectory(), 'docker.sock');
  const server = createServer((incoming, outgoing) => {
    if (spoil(incoming, outgoing)) return;
    const { method, url: path, headers } = incoming;
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
