import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../../../app/history/clock';
import { historyGate } from '../../../../app/history/history';
import { ROOT } from '../../../../app/history/shard-path';
import { Shards } from '../../../../app/history/storage/shards';
import { nameAt, putRecord } from '../../../support/records';
import { temporaryDirectory } from '../../../support/temporary';

const MONTH = '2026-01';

function oneMonth() {
  const directory = temporaryDirectory();
  putRecord(directory, nameAt(MONTH));
  const time = { now: 0, wall: Date.now() };
  const clock = { elapsed: () => time.now, wall: () => time.wall };
  return { directory, time, shards: new Shards(directory, historyGate(), clock) };
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
    const shards = new Shards(link, historyGate(), systemClock);
    expect((await shards.load(ROOT)).children).toMatchObject([{ path: MONTH }]);
  });

  /** Adds a record, and sets the directory's modification time to what it was, as if both changes fell into one tick. */
  function putInSameTick(directory: string): string {
    const path = join(directory, MONTH);
    const { atime, mtime } = statSync(path);
    const name = putRecord(directory, nameAt(MONTH));
    utimesSync(path, atime, mtime);
    return name;
  }

  it.each([
    ['right', 0],
    ['an hour ahead of the file server', 3_600_000],
    ['an hour behind it, having stepped back', -3_600_000],
  ])(
    'sees a change that left the modification time as it was, with a clock that is %s',
    async (_what, off) => {
      const { directory, time, shards } = oneMonth();
      time.wall += off;
      utimesSync(join(directory, MONTH), new Date(), new Date()); // whole milliseconds, which can be set again
      await shards.load(MONTH);
      const name = putInSameTick(directory);
      time.now += 1000;
      expect((await shards.load(MONTH)).names.includes(name)).toBe(true);
    },
  );

  it('reads a directory that was modified long ago only once', async () => {
    const { directory, time, shards } = oneMonth();
    time.wall += 2 * 86_400_000;
    const readdir = jest.spyOn(fs, 'readdir');
    for (let look = 0; look < 5; look++, time.now += 1000) await shards.load(MONTH);
    expect(readdir).toHaveBeenCalledTimes(1);
    readdir.mockRestore();
    const name = putRecord(directory, nameAt(MONTH));
    expect((await shards.load(MONTH)).names.includes(name)).toBe(true);
  });

  it('looks once for all who ask at the same time, and answers at once what it knows', async () => {
    const { shards } = oneMonth();
    const open = jest.spyOn(fs, 'open');
    await Promise.all(Array.from({ length: 100 }, () => shards.load(MONTH)));
    expect(open).toHaveBeenCalledTimes(1);
    expect(shards.load(MONTH)).not.toBeInstanceOf(Promise);
    open.mockRestore();
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
