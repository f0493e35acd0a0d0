import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { historyGate } from '../../../app/history/history';
import { ROOT } from '../../../app/history/shard-path';
import { Shards } from '../../../app/history/shards';
import { nameAt, putRecord } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';

const MONTH = '2026-01';

function oneMonth() {
  const directory = temporaryDirectory();
  putRecord(directory, nameAt(MONTH));
  const time = { now: Date.now() };
  return { directory, time, shards: new Shards(directory, historyGate(), () => time.now) };
}

const descriptors = () => readdirSync('/dev/fd').length;

describe('Shards', () => {
  it('opens each directory that it looks at, for the NFS client to ask the server', async () => {
    const { directory, time, shards } = oneMonth();
    const open = jest.spyOn(fs, 'open');
    for (let i = 0; i < 2; i++, time.now += 1000) for (const path of [ROOT, MONTH]) await shards.load(path);
    const [root, month] = [directory, join(directory, MONTH)];
    expect(open.mock.calls.map(([path]) => path)).toEqual([root, month, root, month]);
    open.mockRestore();
  });

  it.each([
    ['a symbolic link to a directory', (path: string, to: string) => symlinkSync(to, path)],
    ['a symbolic link to itself', (path: string) => symlinkSync(path, path)],
    ['a named pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a file', (path: string) => writeFileSync(path, '')],
    ['nothing', () => undefined],
  ])('takes %s in the place of a directory for an empty one', async (_what, put) => {
    const { directory, time, shards } = oneMonth();
    expect((await shards.load(MONTH)).names).toHaveLength(1);
    rmSync(join(directory, MONTH), { recursive: true });
    put(join(directory, MONTH), directory);
    time.now += 1000;
    expect(await shards.load(MONTH)).toMatchObject({ names: { length: 0 }, children: [] });
  });

  it('follows a symbolic link for the history itself, which is for the operator to choose', async () => {
    const { directory } = oneMonth();
    const link = join(temporaryDirectory(), 'link');
    symlinkSync(directory, link);
    const shards = new Shards(link, historyGate(), Date.now);
    expect((await shards.load(ROOT)).children).toEqual([MONTH]);
  });

  it('leaves no descriptor open, whether or not a look succeeds', async () => {
    const { directory, time, shards } = oneMonth();
    await shards.load(ROOT);
    const before = descriptors();
    for (let i = 0; i < 20; i++, time.now += 1000) await shards.load(MONTH);
    const { open } = fs;
    const failing = jest.spyOn(fs, 'open').mockImplementation(async (...args) => {
      const handle = await open(...args);
      handle.stat = jest.fn().mockRejectedValue(Object.assign(new Error('stale'), { code: 'ESTALE' }));
      return handle;
    });
    for (let i = 0; i < 20; i++, time.now += 1000)
      await expect(shards.load(MONTH)).rejects.toThrow("The history's storage failed: ESTALE.");
    failing.mockRestore();
    rmSync(join(directory, MONTH), { recursive: true });
    for (let i = 0; i < 20; i++, time.now += 1000) await shards.load(MONTH);
    expect(descriptors()).toBe(before);
  });
});
