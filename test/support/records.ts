import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordName } from '../../app/history/record-name';
import { shardPaths } from '../../app/history/shard-path';

/** A name created at the given time. */
export function nameAt(time: string | number | Date): string {
  const hex = new Date(time).getTime().toString(16).padStart(12, '0');
  const random = randomBytes(10).toString('hex');
  return recordName(
    `${hex.slice(0, 8)}-${hex.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`,
  );
}

/** Puts a record where it belongs, in the month's directory or `level` directories below, without the care of `publish`. */
export function putRecord(directory: string, name: string, level = 0): string {
  const shard = join(directory, shardPaths(name)[level] as string);
  mkdirSync(shard, { recursive: true });
  writeFileSync(join(shard, name), `${name}\n`);
  return name;
}

export const DAY = 86_400_000;

/** Puts `count` records, as many into each of the last 365 days. */
export function spreadOverYear(directory: string, count: number): void {
  for (let day = 0, left = count; day < 365; day++) {
    const share = Math.ceil(left / (365 - day));
    putManyRecords(directory, Math.floor(Date.now() / DAY) * DAY - day * DAY, share);
    left -= share;
  }
}

/** Puts `count` records of the day that begins at `day` into its directory: links to one file, which is far quicker. */
export function putManyRecords(directory: string, day: number, count: number): void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'record');
  writeFileSync(file, 'One text for all of them.\n');
  const shard = join(directory, shardPaths(nameAt(day))[1] as string);
  mkdirSync(shard, { recursive: true });
  for (let i = 0; i < count; i++) linkSync(file, join(shard, nameAt(day + i)));
  unlinkSync(file);
}
