import {
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { historyGate } from '../../../app/history/history';
import { removeLeftovers } from '../../../app/history/leftovers';
import { publish } from '../../../app/history/publish';
import { newRecordName } from '../../../app/history/record-name';
import { nameAt } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';

const UUID = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
const DAY = 86_400_000;
const gate = historyGate();

/** A history that somebody has published to just now. */
async function newHistory() {
  const directory = temporaryDirectory();
  const incoming = join(directory, '.incoming');
  mkdirSync(incoming);
  const leave = (name: string, age: number) => {
    const path = join(incoming, name);
    writeFileSync(path, '');
    utimesSync(path, new Date(), new Date(Date.now() - age));
    return path;
  };
  return { directory, incoming, leave, stop: new AbortController() };
}

describe('removeLeftovers', () => {
  it('removes temporary files that are more than a day old, and no others', async () => {
    const { directory, incoming, leave, stop } = await newHistory();
    leave(`${nameAt(Date.now() - 3 * DAY)}.${UUID}`, 2 * DAY);
    const young = leave(`${nameAt(Date.now() - DAY)}.${UUID}`, 0.9 * DAY);
    const old = [leave('foreign', 9 * DAY), leave(newRecordName(), 9 * DAY), leave(`x.${UUID}`, 9 * DAY)];
    await publish(directory, newRecordName(), 'text');
    await removeLeftovers({ directory, gate, stop: stop.signal });
    expect(
      readdirSync(incoming)
        .map((name) => join(incoming, name))
        .sort(),
    ).toEqual([...old, young].sort());
  });

  it('believes the file server, not the name nor the clock here', async () => {
    const { directory, leave, stop } = await newHistory();
    // Of a container whose clock is a month behind.
    const young = leave(`${nameAt(Date.now() - 30 * DAY)}.${UUID}`, 1000);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 30 * DAY);
    await removeLeftovers({ directory, gate, stop: stop.signal });
    clock.mockRestore();
    expect(existsSync(young)).toBe(true);
  });

  it('follows no symbolic link, and removes none', async () => {
    const { directory, incoming, leave, stop } = await newHistory();
    const link = join(incoming, `${newRecordName()}.${UUID}`);
    symlinkSync(leave('foreign', 9 * DAY), link);
    lutimesSync(link, 0, 0);
    await removeLeftovers({ directory, gate, stop: stop.signal });
    expect(readdirSync(incoming)).toHaveLength(2);
  });

  it('goes no further when the container is told to stop', async () => {
    const { directory, leave, stop } = await newHistory();
    const old = leave(`${newRecordName()}.${UUID}`, 9 * DAY);
    stop.abort();
    await removeLeftovers({ directory, gate, stop: stop.signal });
    expect(existsSync(old)).toBe(true);
  });
});
