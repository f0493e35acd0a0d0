import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expectFree, listen, PortError } from '../../app/port';

const server = createServer();
afterEach(async () => {
  if (!server.listening) return;
  server.close();
  await once(server, 'close');
});

describe('expectFree', () => {
  it('resolves for a port that is free, and leaves it free', async () => {
    const port = await listen(server, 0);
    server.close();
    await once(server, 'close');
    await expectFree(port);
    await expectFree(port);
  });

  it.each(['::', '0.0.0.0', '127.0.0.1'])(
    'refuses a port that is taken on %s, and says what to do',
    async (host) => {
      const port = await listen(server, 0, host);
      await expect(expectFree(port)).rejects.toThrow(PortError);
      await expect(expectFree(port)).rejects.toThrow(
        `Port ${port} is taken by another program. End that program, or set PORT to a free port.`,
      );
    },
  );
});

describe('listen', () => {
  it('resolves with the port, also with one that the operating system chose', async () => {
    const port = await listen(server, 0);
    expect(port).toBe((server.address() as AddressInfo).port);
  });

  it('refuses a port that was taken since it was found free', async () => {
    const port = await listen(server, 0);
    await expect(listen(createServer(), port)).rejects.toThrow(`Port ${port} is taken by another program.`);
  });
});
