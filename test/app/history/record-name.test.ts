import fc from 'fast-check';
import {
  createdAt,
  earliestName,
  ID_PATTERN,
  isRecordName,
  NAME_PATTERN,
  newRecordName,
  recordId,
  recordName,
} from '../../../app/history/record-name';
import { nameAt } from '../../support/records';

/** All that a UUIDv7 can carry: 48 bits of milliseconds. */
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('A record name', () => {
  it('is new each time, and created now', () => {
    const names = Array.from({ length: 1000 }, newRecordName);
    expect(new Set(names).size).toBe(1000);
    expect(names.filter((name) => !isRecordName(name))).toEqual([]);
    expect(Math.abs(createdAt(names[0] as string).getTime() - Date.now())).toBeLessThan(5000);
  });

  it('carries its time and its id', () => {
    fc.assert(
      fc.property(time, (time) => {
        const name = nameAt(time);
        expect(isRecordName(name)).toBe(true);
        expect(createdAt(name).getTime()).toBe(time);
        expect(recordName(recordId(name))).toBe(name);
      }),
    );
  });

  it('sorts by time', () => {
    fc.assert(
      fc.property(time, time, (one, other) => {
        fc.pre(one !== other);
        expect(nameAt(one) < nameAt(other)).toBe(one < other);
      }),
    );
  });

  it('sorts behind the earliest of its time, and before that of the next', () => {
    fc.assert(
      fc.property(time, (time) => {
        expect(earliestName(time) <= nameAt(time)).toBe(true);
        expect(nameAt(time) < earliestName(time + 1) || time === 2 ** 48 - 1).toBe(true);
      }),
    );
  });

  it('matches the patterns that the contract shows', () => {
    const name = newRecordName();
    expect(name).toMatch(new RegExp(NAME_PATTERN, 'u'));
    expect(recordId(name)).toMatch(new RegExp(ID_PATTERN, 'u'));
  });
});

describe('isRecordName', () => {
  const name = newRecordName();
  const at = fc.nat({ max: name.length - 1 });
  const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
  const refused = (mutation: string) => {
    expect(isRecordName(mutation)).toBe(false);
    expect(mutation).not.toMatch(new RegExp(NAME_PATTERN, 'u'));
  };

  it('refuses a name with a character more', () => {
    fc.assert(fc.property(at, character, (i, c) => refused(name.slice(0, i) + c + name.slice(i))));
    fc.assert(fc.property(character, (c) => refused(name + c)));
  });

  it('refuses a name with a character less', () => {
    for (let i = 0; i < name.length; i++) refused(name.slice(0, i) + name.slice(i + 1));
  });

  it('refuses a name with a character that is no hexadecimal digit instead', () => {
    fc.assert(
      fc.property(at, character, (i, c) => {
        fc.pre(c !== name[i] && !/[0-9a-f]/.test(c));
        refused(name.slice(0, i) + c + name.slice(i + 1));
      }),
    );
  });

  it('refuses upper case', () => {
    for (let i = 0; i < name.length; i++) {
      const upper = (name[i] as string).toUpperCase();
      if (upper !== name[i]) refused(name.slice(0, i) + upper + name.slice(i + 1));
    }
  });

  it.each([...'012345689abcdef'])('refuses a UUID of version %s', (version) => {
    refused(name.replace(/-7(?=\w{3}-[89ab])/, `-${version}`));
  });

  it.each([...'01234567cdef'])('refuses a UUID whose variant is %s', (variant) => {
    refused(name.replace(/-[89ab](?=\w{3}-\w{12}\.)/, `-${variant}`));
  });

  it('refuses whatever else there is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), refused));
  });
});
