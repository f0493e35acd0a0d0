import { ROOT } from '../shard-path';
import { PackedNames } from './packed-names';
import type { Child, Shards } from './shards';

/**
 * A directory's own names and those of the directories below it interleave: the names of 2026-11 are those of its first
 * 4,096 records, and of later records the ones of the 21st are in 2026-11/21. Say that of the ids
 *
 *     2026-11 has     on the 3rd: a   on the 21st: b, d   on the 30th: f
 *     2026-11/21 has                  on the 21st: c, e
 *
 * The three newest are f, e, d: the month has f above all of the 21st, so only two of the 21st can be among them. The newest two
 * of 2026-11/21 and the newest three of the month itself, merged, end with them. A directory is left alone as soon as
 * enough names were found that are all above those that it may hold.
 */

/** Up to `limit` of the names below `bound`, the newest ones. With `ahead`, that many older directories are read beforehand. */
export async function newestBelow(
  shards: Shards,
  { bound, limit, ahead = 0, path = ROOT }: { bound: string; limit: number; ahead?: number; path?: string },
): Promise<PackedNames> {
  const { names, children } = await shards.load(path);
  const own = names.below(bound).last(limit);
  const found: PackedNames[] = [];
  let count = 0;
  for (let i = children.length - 1; i >= 0; i--) {
    const child = children[i] as Child;
    if (child.from >= bound) continue;
    if (count + own.length - own.lowerBound(child.to) >= limit) break;
    readAhead(shards, children.slice(Math.max(0, i - ahead), i));
    const part = await newestBelow(shards, { bound, limit: limit - count, ahead, path: child.path });
    found.unshift(part);
    count += part.length;
  }
  return PackedNames.concat(found).merge(own).last(limit);
}

/** While one directory's names are on their way to the client, those of the next are on theirs from the storage. */
function readAhead(shards: Shards, children: readonly Child[]): void {
  for (const { path } of children.toReversed()) Promise.resolve(shards.load(path)).catch(() => undefined);
}
