import { createdAt } from './record-name';

/**
 * Records are spread over directories by their creation time in UTC: a day's in `2026-11-21`, and once that holds
 * SHARD_CAPACITY entries, further ones in `2026-11-21/07` (the hour), then `…/36` (the minute), then `…/12` (the second).
 *
 * So a quiet year is 365 directories, which keeps a walk of everything short, and no burst makes one so large that
 * listing it again after a change is slow: NFS lists directories of 100,000 entries and more in minutes.
 */
export const SHARD_CAPACITY = 4096;

/** The directory of the history itself, which holds the days. */
export const ROOT = '';

const LENGTHS = [10, 13, 16, 19]; // of 2026-11-21, …/07, …/07/36, …/07/36/12
const DURATIONS = [86_400_000, 3_600_000, 60_000, 1000]; // in milliseconds
const PATH = /^\d{4}-\d\d-\d\d(\/\d\d){0,3}$/;

/** The directories that may hold the record, the day's first. */
export function shardPaths(name: string): string[] {
  const path = createdAt(name).toISOString().replace(/[T:]/g, '/');
  return LENGTHS.map((length) => path.slice(0, length));
}

/** The span of creation times that a shard is for, in milliseconds since 1970; `undefined` where `path` is not a shard's. */
export function shardSpan(path: string): { from: number; to: number } | undefined {
  if (path === ROOT) return { from: 0, to: Number.POSITIVE_INFINITY };
  if (!PATH.test(path)) return undefined;
  const [day, hour = '00', minute = '00', second = '00'] = path.split('/');
  const from = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(from)) return undefined;
  return { from, to: from + (DURATIONS[LENGTHS.indexOf(path.length)] as number) };
}

export const childPath = (path: string, name: string): string => (path === ROOT ? name : `${path}/${name}`);
