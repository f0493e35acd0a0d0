import { existsSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NameTakenError, Publication, publish } from '../../../app/history/publish';
import { newRecordName, recordName } from '../../../app/history/record-name';
import { SHARD_CAPACITY, shardPaths } from '../../../app/history/shard-path';
import { temporaryDirectory } from '../../support/temporary';

/** Created at 2026-11-21T07:36:12.345Z. */
const NAME = recordName('01a1fd08-c339-7abc-8def-0123456789ab');

describe('publish', () => {
  it("makes a file of the record's name and text in the month's directory", async () => {
    const directory = temporaryDirectory();
    await publish(directory, NAME, 'text');
    expect(readFileSync(join(directory, '2026-11', NAME), 'utf8')).toBe('text');
  });

  it('leaves nothing else behind', async () => {
    const directory = temporaryDirectory();
    await publish(directory, NAME, 'text');
    expect(readdirSync(join(directory, '.incoming'))).toEqual([]);
    expect(statSync(join(directory, '2026-11', NAME)).nlink).toBe(1);
  });

  it('makes a history that is not there yet', async () => {
    const directory = join(temporaryDirectory(), 'deep', 'history');
    await publish(directory, NAME, 'text');
    expect(existsSync(join(directory, '2026-11', NAME))).toBe(true);
  });

  it('may be repeated, as after an answer that was lost', async () => {
    const directory = temporaryDirectory();
    await publish(directory, NAME, 'text');
    await expect(publish(directory, NAME, 'text')).resolves.toBeUndefined();
  });

  it('finds its record where it is when it is repeated, though the directory has filled up or emptied since', async () => {
    const directory = temporaryDirectory();
    const [month, day] = shardPaths(NAME).map((path) => join(directory, path)) as [string, string];
    await publish(directory, NAME, 'text');
    await fill(month);
    await publish(directory, NAME, 'text');
    expect(existsSync(day)).toBe(false);

    const later = recordName('01a1fd08-c339-7abc-8def-0123456789ac');
    await publish(directory, later, 'text');
    expect(existsSync(join(day, later))).toBe(true);
    for (const entry of readdirSync(month)) if (entry.startsWith('filler')) unlinkSync(join(month, entry));
    await publish(directory, later, 'text');
    expect(readdirSync(month).filter((entry) => entry.endsWith('.txt'))).toEqual([NAME]);
  });

  it('keeps to one place while an attempt that was given up goes on', async () => {
    const directory = temporaryDirectory();
    const [month, day] = shardPaths(NAME).map((path) => join(directory, path)) as [string, string];
    const publication = new Publication(directory, NAME, 'text');
    const attempts = [publication.attempt(), publication.attempt()];
    await Promise.all(attempts);
    unlinkSync(join(month, NAME)); // as if neither had come to that yet
    await fill(month);
    await publication.attempt();
    expect(existsSync(join(month, NAME))).toBe(true);
    expect(existsSync(day)).toBe(false);
  });

  it("refuses a name that is another container's, and leaves its record as it was", async () => {
    const directory = temporaryDirectory();
    await publish(directory, NAME, 'theirs');
    await expect(publish(directory, NAME, 'ours')).rejects.toThrow(NameTakenError);
    expect(readFileSync(join(directory, '2026-11', NAME), 'utf8')).toBe('theirs');
    expect(readdirSync(join(directory, '.incoming'))).toEqual([]);
  });

  it('lets exactly one of many have a name', async () => {
    const directory = temporaryDirectory();
    const attempts = Array.from({ length: 50 }, (_, i) => publish(directory, NAME, `text ${i}`));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    [1, '2026-11/21'],
    [2, '2026-11/21/07'],
    [3, '2026-11/21/07/36'],
    [4, '2026-11/21/07/36/12'],
  ])('goes on to a directory of a shorter time when the first %d are full', async (full, expected) => {
    const directory = temporaryDirectory();
    for (const path of shardPaths(NAME).slice(0, full)) await fill(join(directory, path));
    await publish(directory, NAME, 'text');
    expect(existsSync(join(directory, expected, NAME))).toBe(true);
  });

  it('fails with the reason when the history cannot be written, and works when it can', async () => {
    const directory = join(temporaryDirectory(), 'history');
    writeFileSync(directory, 'a file where the directory should be');
    await expect(publish(directory, newRecordName(), 'text')).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});

async function fill(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (let i = 0; i < SHARD_CAPACITY; i++) writeFileSync(join(directory, `filler-${i}`), '');
}
