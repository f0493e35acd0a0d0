import { recordId, recordName } from './record-name';
import type { PackedNames } from './storage/packed-names';
import type { Shards } from './storage/shards';
import { newestBelow, oldestAbove } from './storage/walk';

/** What a page is asked for: up to `limit` names older than the cursor `after`, or newer than `before`, or the newest. */
export interface PageQuery {
  limit: number;
  after?: string | undefined;
  before?: string | undefined;
}

export interface PageOfNames {
  /** Ascending; they are listed newest first. */
  names: PackedNames;
  /** The cursor of the page of older names, or null where there are none. */
  next: string | null;
}

/** Above every name. */
export const END = recordName('ffffffff-ffff-ffff-ffff-ffffffffffff');

/** The names that are asked for, without the `own` one. */
export async function pageOf(
  shards: Shards,
  own: string,
  { limit, after, before }: PageQuery,
): Promise<PageOfNames> {
  if (before) return pageBefore(shards, own, recordName(before), limit);
  // One more tells whether there is a next page; the own name may be yet another.
  const bound = after ? recordName(after) : END;
  const found = (await newestBelow(shards, { bound, limit: limit + 2 })).without(own);
  const names = found.last(limit);
  return { names, next: found.length > limit ? recordId(names.at(0)) : null };
}

async function pageBefore(shards: Shards, own: string, bound: string, limit: number): Promise<PageOfNames> {
  const found = await oldestAbove(shards, { bound, limit: limit + 1 });
  const names = found.without(own).first(limit);
  const older = await newestBelow(shards, { bound: names.length > 0 ? names.at(0) : END, limit: 2 });
  const hasOlder = names.length > 0 && older.without(own).length > 0;
  return { names, next: hasOlder ? recordId(names.at(0)) : null };
}
