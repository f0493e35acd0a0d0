import { SHARD_CAPACITY } from '../../app/history/shard-path';

/**
 * How many directories a day's records fill when they come evenly: the day's, then the hours', then the minutes', as
 * app/history/publish.ts chooses them. More than a minute's directory takes would go to seconds.
 */
export function directoriesOfDay(recordsADay: number): number {
  const perMinute = recordsADay / 1440;
  if (perMinute > SHARD_CAPACITY) throw new RangeError(`${recordsADay} records a day fill the seconds too`);
  let directories = 1;
  let inDay = 0;
  for (let hour = 0; hour < 24; hour++) {
    let inHour = 0;
    for (let minute = 0; minute < 60; minute++) {
      if (inDay < SHARD_CAPACITY) inDay += perMinute;
      else if (inHour < SHARD_CAPACITY) inHour += perMinute;
      else directories++;
    }
    if (inHour > 0) directories++;
  }
  return directories;
}

/** How many directories hold the newest `names`, with the root, when each day brings so many records. */
export const directoriesOfPage = (names: number, recordsADay: number): number =>
  1 + Math.ceil(names / recordsADay);
