import { createdAt } from './record-name';

/**
 * Records are spread over directories by their creation time in UTC: a month's in `2026-11`, and once that holds
 * SHARD_CAPACITY entries, further ones in `2026-11/21` (the day), then `…/07` (the hour), `…/36` (the minute) and `…/12`
 * (the second).
 *
 * So a quiet year is twelve directories, which keeps a page and a walk of everything short, and no burst makes one so
 * large that listing it again after a change is slow: NFS lists directories of 100,000 entries and more in minutes.
 */
export const SHARD_CAPACITY = 4096;

/** The directory of the history itself, which holds the months. */
export const ROOT = '';

const LENGTHS = [7, 10, 13, 16, 19]; // of 2026-11, …/21, …/21/07, …/21/07/36, …/21/07/36/12
const PATH = /^\d{4}-\d\d(\/\d\d){0,4}$/;

/** The directories that may hold the record, the month's first. */
export function shardPaths(name: string): string[] {
  const path = pathAt(createdAt(name).getTime());
  return LENGTHS.map((length) => path.slice(0, length));
}

/** The span of creation times that a shard is for, in milliseconds since 1970; `undefined` where `path` is not a shard's. */
export function shardSpan(path: string): { from: number; to: number } | undefined {
  if (path === ROOT) return { from: 0, to: Number.POSITIVE_INFINITY };
  if (!PATH.test(path)) return undefined;
  const parts = path.split(/[-/]/).map(Number);
  const from = startOf(parts);
  // There is no month 13, and no 30th of February.
  if (pathAt(from).slice(0, path.length) !== path) return undefined;
  return { from, to: startOf(parts.with(-1, (parts.at(-1) as number) + 1)) };
}

export const childPath = (path: string, name: string): string => (path === ROOT ? name : `${path}/${name}`);

/** The path of the second that `time` is in. */
function pathAt(time: number): string {
  const iso = new Date(time).toISOString(); // 2026-11-21T07:36:12.000Z
  return `${iso.slice(0, 7)}/${iso.slice(8, 10)}/${iso.slice(11, 13)}/${iso.slice(14, 16)}/${iso.slice(17, 19)}`;
}

const startOf = ([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[]): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);
