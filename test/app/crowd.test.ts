import { connect } from 'node:net';
import { startApi } from '../support/api';
import { post } from '../support/hostile';
import { bytesOf, sendRaw } from '../support/raw';
import { putManyRecords } from '../support/records';

const CROWD = 100;

describe('A health check, which has a connection of its own,', () => {
  const api = startApi();
  beforeAll(() => putManyRecords(api.directory, Date.parse('2026-11-20'), 20_000));

  it.each([
    ['list all names', bytesOf('GET', '/files', { headers: { Accept: 'text/plain' } })],
    ['have long texts checked', post(JSON.stringify({ text: 'Никогда αβγ 日本語 žluť '.repeat(400) }))],
  ])('does not wait until those who came before it and %s have been answered', async (_what, bytes) => {
    let answered = 0;
    const crowd = Array.from({ length: CROWD }, () =>
      connect(api.port)
        .once('data', () => answered++)
        .on('error', () => undefined),
    );
    for (const socket of crowd) socket.write(bytes);
    const health = await sendRaw(api.port, bytesOf('GET', '/healthz'));
    for (const socket of crowd) socket.destroy();
    expect(health.status).toBe(200);
    expect(answered).toBeLessThan(CROWD / 2);
  });
});
