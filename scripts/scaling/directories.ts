import { SHARD_CAPACITY } from '../../app/history/shard-path';

/** The days of a month, for arithmetic. */
const DAYS = 30;

/**
 * How many directories a month's records fill when they come evenly: the month's, then the days', the hours', the minutes',
 * as app/history/publish.ts chooses them. More than a minute's directory takes would go to seconds.
 */
export function directoriesOfMonth(recordsADay: number): number {
  const perMinute = recordsADay / 1440;
  if (perMinute > SHARD_CAPACITY) throw new RangeError(`${recordsADay} records a day fill the seconds too`);
  let directories = 1;
  const held = { month: 0, day: 0, hour: 0 };
  for (let minute = 0; minute < DAYS * 1440; minute++) {
    if (minute % 1440 === 0) held.day = 0;
    if (minute % 60 === 0) held.hour = 0;
    const room = (['month', 'day', 'hour'] as const).find((level) => held[level] < SHARD_CAPACITY);
    // A directory is there from its first record on; a minute's gets all of its records at once here.
    if (!room || (room !== 'month' && held[room] === 0)) directories++;
    if (room) held[room] += perMinute;
  }
  return directories;
}
