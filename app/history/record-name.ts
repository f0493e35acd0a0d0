import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/**
 * A record is named `include-me-<UUIDv7>.txt`. A version 7 UUID (RFC 9562, section 5.7) begins with its creation time
 * in milliseconds, so names sort in time order as plain strings, and nothing needs `stat` to know how old a record is.
 */
const PREFIX = 'include-me-';
const SUFFIX = '.txt';
const ID = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';

/** The form of a record's id, as a JSON Schema pattern (ECMA-262). */
export const ID_PATTERN = `^${ID}$`;
/** The form of a record's name, as a JSON Schema pattern (ECMA-262). */
export const NAME_PATTERN = `^${PREFIX}${ID}\\.txt$`;

const NAME = new RegExp(NAME_PATTERN);

/** A new name, never given before: 74 of its bits are random. */
export const newRecordName = (): string => recordName(uuidv7({ rng: () => randomBytes(16) }));

export const recordName = (id: string): string => PREFIX + id + SUFFIX;

export const isRecordName = (text: string): boolean => NAME.test(text);

/** The id inside a record's name. */
export const recordId = (name: string): string => name.slice(PREFIX.length, -SUFFIX.length);

/** When the record of that name was created. */
export const createdAt = (name: string): Date =>
  new Date(Number.parseInt(recordId(name).slice(0, 13).replace('-', ''), 16));

/** The lowest name for `time`, in milliseconds since 1970: every name created then or later is above it. */
export function earliestName(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return recordName(`${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`);
}
