import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setImmediate as immediate } from 'node:timers/promises';
import { connected, turn } from '../../app/turns';

describe('Work that takes a turn', () => {
  it('gets it in its order, and no two get the same', async () => {
    let turns = 0;
    const got: number[] = [];
    const work = Promise.all([1, 2, 3].map(() => turn().then(() => got.push(turns))));
    while (got.length < 3) {
      await immediate();
      turns++;
    }
    await work;
    expect(got).toEqual([...new Set(got)].toSorted((a, b) => a - b));
  });

  /** How many of so many clients that connect at once have been accepted when work that the first one asks for begins. */
  async function acceptedBefore(clients: number): Promise<number> {
    let accepted = 0;
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const begun = new Promise<number>((resolve) => {
      server.on('connection', (socket) => {
        connected();
        socket.unref();
        if (++accepted === 1) turn().then(() => resolve(accepted));
      });
    });
    const { port } = server.address() as AddressInfo;
    const sockets = Array.from({ length: clients }, () => connect(port, '127.0.0.1'));
    await Promise.all([begun, ...sockets.map((socket) => once(socket, 'connect'))]);
    for (const socket of sockets) socket.destroy();
    server.close();
    return begun;
  }

  it('begins when those that have connected are accepted, of whom Node.js takes one a turn', async () => {
    expect(await acceptedBefore(10)).toBe(10);
  });

  it('begins in the end, also while clients never stop connecting', async () => {
    expect(await acceptedBefore(200)).toBeLessThan(150);
  });
});
