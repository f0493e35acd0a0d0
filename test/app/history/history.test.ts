import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { HistoryOverloadedError, HistoryUnavailableError } from '../../../app/history/errors';
import { History, historyGate } from '../../../app/history/history';
import { publish } from '../../../app/history/publish';
import { newRecordName } from '../../../app/history/record-name';
import { nameAt, putManyRecords, putRecord } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';

/** A history in a new directory, whose clock the test moves. */
function newHistory(own = newRecordName()) {
  const directory = temporaryDirectory();
  const time = { now: Date.now() };
  const history = new History({ directory, own, clock: { elapsed: () => time.now, wall: () => time.now } });
  const all = async () => {
    let text = '';
    for await (const lines of history.lines()) text += lines;
    return text.split('\n').slice(0, -1);
  };
  return { directory, own, history, time, all };
}

/** The page of the ten newest, as clients see it. */
async function listed(history: History) {
  const { names, total, next } = await history.page({ limit: 10 });
  return { files: names.toNames(), total, next };
}

/** Newest first. */
const sorted = (names: string[]) => names.toSorted().toReversed();

describe('History', () => {
  it('is empty at first', async () => {
    const { history, all } = newHistory();
    expect(await listed(history)).toEqual({ files: [], total: 0, next: null });
    expect(await all()).toEqual([]);
  });

  it("lists what others published, newest first, and never the container's own file", async () => {
    const { directory, own, history, all } = newHistory();
    await publish(directory, own, 'own');
    const names = Array.from({ length: 5 }, newRecordName);
    for (const name of names) await publish(directory, name, name);
    expect(await listed(history)).toEqual({ files: sorted(names), total: 5, next: null });
    expect(await all()).toEqual(sorted(names));
  });

  it("has no line for a day that holds only the container's own file", async () => {
    const { directory, own, history } = newHistory();
    await publish(directory, own, 'own');
    expect(await history.lines().next()).toEqual({ done: true, value: undefined });
  });

  it('lists in time order what is spread over years and over every level of directories', async () => {
    const { directory, history, all } = newHistory();
    const names = [
      '2024-02-29T23:59:59.999Z',
      '2024-03-01',
      '2025-12-31T23:00Z',
      '2026-01-01T00:00:00.001Z',
    ].flatMap((time) =>
      [0, 1, 2, 3, 0, 1, 2, 3].map((level, i) =>
        putRecord(directory, nameAt(Date.parse(time) + i * 300), level),
      ),
    );
    expect((await history.page({ limit: 100 })).names.toNames()).toEqual(sorted(names));
    expect(await all()).toEqual(sorted(names));
  });

  it('returns each record once while walking pages, though more are being added', async () => {
    const { directory, history, time } = newHistory();
    const start = Date.parse('2026-01-01');
    const names = Array.from({ length: 10_000 }, (_, i) => putRecord(directory, nameAt(start + i * 60_000)));
    const walked: string[] = [];
    let after: string | null | undefined;
    let added = 0;
    do {
      const page = await history.page({ limit: 97, after: after ?? undefined });
      walked.push(...page.names.toNames());
      after = page.next;
      time.now += 2000;
      for (let i = 0; i < 10 && added < 1000; i++, added++)
        await publish(directory, newRecordName(), 'added');
    } while (after);
    expect(added).toBe(1000);
    expect(walked).toEqual(sorted(names));
  });

  it('sees a new record, and the first of a new month, within a second', async () => {
    const { directory, history, time } = newHistory();
    await history.page({ limit: 10 });
    const first = putRecord(directory, nameAt('2026-01-01'));
    time.now += 1000;
    expect((await history.page({ limit: 10 })).names.toNames()).toEqual([first]);
    const second = putRecord(directory, nameAt('2026-01-01'));
    const third = putRecord(directory, nameAt('2026-02-01'));
    time.now += 1000;
    expect((await history.page({ limit: 10 })).names.toNames()).toEqual(sorted([first, second, third]));
  });

  it('follows an operator who deletes a record, or a whole month', async () => {
    const { directory, history, time } = newHistory();
    const names = ['2026-01-01', '2026-02-01T01:00Z', '2026-02-01T02:00Z'].map((time) =>
      putRecord(directory, nameAt(time)),
    );
    expect((await history.page({ limit: 10 })).total).toBe(3);
    for (const name of names) expect(await history.read(name)).toBeDefined();
    unlinkSync(join(directory, '2026-02', names[1] as string));
    rmSync(join(directory, '2026-01'), { recursive: true });
    time.now += 1000;
    for (const name of names.slice(0, 2)) expect(await history.read(name)).toBeUndefined();
    expect((await history.page({ limit: 10 })).names.toNames()).toEqual([names[2]]);
    // Months that have passed are counted again one by one, each a minute later at the earliest.
    for (let turn = 0; turn < 2; turn++) {
      time.now += 61_000;
      await history.page({ limit: 10 });
    }
    expect(await history.page({ limit: 10 })).toMatchObject({ total: 1 });
  });

  it("reads a record's text", async () => {
    const { directory, history } = newHistory();
    const name = newRecordName();
    await publish(directory, name, 'the text');
    expect((await history.read(name))?.toString()).toBe('the text');
  });

  it('knows no record that is not there, in no month or in one that has others', async () => {
    const { directory, history } = newHistory();
    expect(await history.read(nameAt('2026-01-01'))).toBeUndefined();
    putRecord(directory, nameAt('2026-01-01'));
    expect(await history.read(nameAt('2026-01-01'))).toBeUndefined();
  });

  it('fails while its directory is missing, and recovers by itself', async () => {
    const { directory, history, time } = newHistory();
    const name = putRecord(directory, nameAt('2026-01-01'));
    await history.check();
    renameSync(directory, `${directory}-away`);
    time.now += 1000;
    await expect(history.page({ limit: 10 })).rejects.toThrow(HistoryUnavailableError);
    await expect(history.check()).rejects.toThrow("The history's storage failed: ENOENT.");
    renameSync(`${directory}-away`, directory);
    expect((await history.page({ limit: 10 })).names.toNames()).toEqual([name]);
  });

  it('reads a directory again only when it has changed', async () => {
    const { directory, history, time } = newHistory();
    for (const month of ['2026-01', '2026-02', '2026-03']) putRecord(directory, nameAt(month));
    // Once more after two seconds: only then is it certain that a modification time tells the next change.
    for (let look = 0; look < 2; look++, time.now += 2000) await history.page({ limit: 10 });
    const readdir = jest.spyOn(fs, 'readdir');
    time.now += 1000;
    await history.page({ limit: 10 });
    expect(readdir).not.toHaveBeenCalled();
    putRecord(directory, nameAt('2026-02'));
    time.now += 1000;
    await history.page({ limit: 10 });
    expect(readdir).toHaveBeenCalledTimes(1);
    readdir.mockRestore();
  });

  it('touches no more of a history of 300 months than the months of the page', async () => {
    const { directory, history, time } = newHistory();
    for (let month = 0; month < 300; month++) putRecord(directory, nameAt(Date.UTC(2000, month)));
    // Twice, and until it has counted them.
    let look = 0;
    for (let total = null as number | null; total === null || look < 3; look++, time.now += 2000)
      ({ total } = await history.page({ limit: 3 }));
    const [open, readdir] = [jest.spyOn(fs, 'open'), jest.spyOn(fs, 'readdir')];
    time.now += 1000;
    await history.page({ limit: 3 });
    expect(open.mock.calls.length).toBeLessThan(8);
    expect(readdir).not.toHaveBeenCalled();
    open.mockRestore();
    readdir.mockRestore();
  });

  it('looks at a directory a month, not at one a record, where records are few', async () => {
    const { directory, history, time } = newHistory();
    for (let day = 0; day < 1000; day++)
      await publish(directory, nameAt(Date.parse('2024-01-01') + day * 86_400_000), 'one a day');
    time.now += 10_000;
    const open = jest.spyOn(fs, 'open');
    expect((await history.page({ limit: 1000 })).names.toNames()).toHaveLength(1000);
    expect(open.mock.calls.length).toBeLessThan(40); // of 33 months; storage that takes a millisecond for each is no fault
    open.mockRestore();
  });

  it('lists new records though the wall clock steps back', async () => {
    const directory = temporaryDirectory();
    const time = { now: 0, wall: Date.now() };
    const clock = { elapsed: () => time.now, wall: () => time.wall };
    const history = new History({ directory, own: newRecordName(), clock });
    const names = [putRecord(directory, nameAt(time.wall))];
    expect(await listed(history)).toMatchObject({ files: names, total: 1 });
    time.wall -= 3_600_000;
    names.unshift(putRecord(directory, nameAt(Date.now())));
    time.now += 1000;
    expect(await listed(history)).toMatchObject({ files: sorted(names), total: 2 });
  });

  it('refuses one listing more than it can send at once, and takes it when one has ended', async () => {
    const { directory, history, all } = newHistory();
    putManyRecords(directory, Date.parse('2026-01-01'), 2000);
    const underWay = Array.from({ length: 16 }, () => history.lines());
    for (const lines of underWay) await lines.next();
    await expect(all()).rejects.toThrow(HistoryOverloadedError);
    await underWay[0]?.return(undefined);
    expect(await all()).toHaveLength(2000);
  });

  it('sends a short listing to however many ask for it at once', async () => {
    const { directory, all } = newHistory();
    putManyRecords(directory, Date.parse('2026-01-01'), 1000);
    const listings = await Promise.all(Array.from({ length: 500 }, all));
    expect(listings.filter((names) => names.length === 1000)).toHaveLength(500);
  });

  it('refuses one page more than it can make at once, and makes it when the others are made', async () => {
    const { history } = newHistory();
    const underWay = Array.from({ length: 200 }, () => history.page({ limit: 1 }));
    expect(() => history.page({ limit: 1 })).toThrow(HistoryOverloadedError);
    await Promise.all(underWay);
    expect(await listed(history)).toEqual({ files: [], total: 0, next: null });
  });

  it('refuses a page at once while many look-ups wait for the storage, and makes it when they are done', async () => {
    const gate = historyGate();
    const history = new History({ directory: temporaryDirectory(), own: newRecordName(), gate });
    let finish = () => {};
    const done = new Promise<void>((resolve) => (finish = resolve));
    const lookUps = Array.from({ length: 67 }, () => gate.run(() => done)); // three are under way
    expect(() => history.page({ limit: 1 })).toThrow(HistoryOverloadedError);
    finish();
    await Promise.all(lookUps);
    expect(await listed(history)).toEqual({ files: [], total: 0, next: null });
  });

  it('answers from memory within a second', async () => {
    const { directory, history } = newHistory();
    putRecord(directory, nameAt('2026-01-01'));
    const before = await history.page({ limit: 10 });
    rmSync(directory, { recursive: true });
    expect(await history.page({ limit: 10 })).toEqual(before);
  });
});

describe('foreign entries in the history', () => {
  const time = '2026-01-01T12:00:00Z';
  const foreign = {
    'a symbolic link to a secret': (month: string, secret: string) =>
      symlinkSync(secret, join(month, nameAt(time))),
    'a directory': (month: string) => mkdirSync(join(month, nameAt(time))),
    'a named pipe': (month: string) => execFileSync('mkfifo', [join(month, nameAt(time))]),
    'an NFS leftover': (month: string) => writeFileSync(join(month, '.nfs0001'), ''),
    'markup for a name': (month: string) => writeFileSync(join(month, 'include-me-<script>.txt'), ''),
    'a name in upper case': (month: string) => writeFileSync(join(month, nameAt(time).toUpperCase()), ''),
    'a name of another month': (month: string) => writeFileSync(join(month, nameAt('2026-02-01')), ''),
    'a name of 255 bytes': (month: string) => writeFileSync(join(month, 'x'.repeat(255)), ''),
    'a name in invalid UTF-8': (month: string) =>
      writeFileSync(
        Buffer.concat([Buffer.from(`${month}/include-me-`), Buffer.from([0xff, 0xfe]), Buffer.from('.txt')]),
        '',
      ),
    'a symbolic link for a day': (month: string, secret: string) =>
      symlinkSync(join(secret, '..'), join(month, '13')),
    'a day that does not exist': (month: string) => mkdirSync(join(month, '32')),
  };

  it.each(Object.entries(foreign))('%s is neither listed nor counted', async (_what, put) => {
    const { directory, history, all } = newHistory();
    const record = putRecord(directory, nameAt(time));
    put(join(directory, '2026-01'), secretFile());
    expect(await listed(history)).toEqual({ files: [record], total: 1, next: null });
    expect(await all()).toEqual([record]);
  });

  it.each(['a symbolic link to a secret', 'a directory', 'a named pipe'] as const)(
    '%s is not served',
    async (what) => {
      const { directory, history } = newHistory();
      putRecord(directory, nameAt(time));
      const month = join(directory, '2026-01');
      const before = new Set(readdirSync(month));
      foreign[what](month, secretFile());
      const [name] = readdirSync(month).filter((entry) => !before.has(entry)) as [string];
      expect(await history.read(name)).toBeUndefined();
    },
  );

  it('a symbolic link for a month is not followed', async () => {
    const { directory, history, all } = newHistory();
    const elsewhere = temporaryDirectory();
    const name = putRecord(elsewhere, nameAt(time));
    symlinkSync(join(elsewhere, '2026-01'), join(directory, '2026-01'));
    expect(await all()).toEqual([]);
    expect(await history.read(name)).toBeUndefined();
  });

  it('a record that is replaced by a pipe or a link after it was listed is not served', async () => {
    const { directory, history } = newHistory();
    const names = [putRecord(directory, nameAt(time)), putRecord(directory, nameAt(time))] as const;
    expect((await history.page({ limit: 10 })).total).toBe(2);
    const [pipe, link] = names.map((name) => join(directory, '2026-01', name)) as [string, string];
    unlinkSync(pipe);
    execFileSync('mkfifo', [pipe]);
    unlinkSync(link);
    symlinkSync(secretFile(), link);
    for (const name of names) expect(await history.read(name)).toBeUndefined();
  });

  it('a file that is too large for a record is not served', async () => {
    const { directory, history } = newHistory();
    const name = putRecord(directory, nameAt(time));
    truncateSync(join(directory, '2026-01', name), 2 ** 30);
    expect(await history.read(name)).toBeUndefined();
  });
});

function secretFile(): string {
  const path = join(temporaryDirectory(), 'secret');
  writeFileSync(path, 'secret');
  return path;
}
