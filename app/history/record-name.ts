import { v7 as uuidv7 } from 'uuid';

/**
 * A record is named `include-me-<UUIDv7>.txt`. A version 7 UUID (RFC 9562, section 5.7) begins with its creation time
 * in milliseconds, so names sort in time order as plain strings, and nothing needs `stat` to know how old a record is.
 */
const PREFIX = 'include-me-';
const SUFFIX = '.txt';
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NAME_LENGTH = PREFIX.length + 36 + SUFFIX.length;

/** The form of a record's name, as a JSON Schema pattern (ECMA-262). */
export const NAME_PATTERN = `^${PREFIX}${ID.source.slice(1, -1)}\\.txt$`;
/** The form of a record's id, as a JSON Schema pattern (ECMA-262). */
export const ID_PATTERN = ID.source;

/** A new name, never given before: 74 of its bits are random. */
export const newRecordName = (): string => recordName(uuidv7());

export const recordName = (id: string): string => PREFIX + id + SUFFIX;

export const isRecordName = (text: string): boolean =>
  text.length === NAME_LENGTH && text.startsWith(PREFIX) && text.endsWith(SUFFIX) && ID.test(recordId(text));

/** The id inside a record's name. */
export const recordId = (name: string): string => name.slice(PREFIX.length, -SUFFIX.length);

/** When the record of that name was created. */
export const createdAt = (name: string): Date =>
  new Date(Number.parseInt(recordId(name).slice(0, 13).replace('-', ''), 16));

/** The string that sorts before every name created at `time` (milliseconds since 1970) or later, and after all others. */
export function earliestName(time: number): string {
  const hex = Math.max(0, time).toString(16).padStart(12, '0');
  return `${PREFIX}${hex.slice(0, 8)}-${hex.slice(8)}`;
}
