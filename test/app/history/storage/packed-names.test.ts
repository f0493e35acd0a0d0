import fc from 'fast-check';
import { recordName } from '../../../../app/history/record-name';
import { PackedNames } from '../../../../app/history/storage/packed-names';

/** Ascending names, each once. */
const names = fc
  .uniqueArray(fc.uuid({ version: 7 }), { maxLength: 50 })
  .map((ids) => ids.map(recordName).toSorted());
const name = fc.uuid({ version: 7 }).map(recordName);

describe('PackedNames', () => {
  it('gives the names back, one by one and all together', () => {
    fc.assert(
      fc.property(names, (ascending) => {
        const packed = PackedNames.from(ascending);
        expect(packed.length).toBe(ascending.length);
        expect(ascending.map((_, i) => packed.at(i))).toEqual(ascending);
        expect(packed.toNames()).toEqual(ascending.toReversed());
        expect(packed.toLines().toString()).toBe(
          ascending
            .toReversed()
            .map((line) => `${line}\n`)
            .join(''),
        );
        expect(JSON.parse(packed.toJson().toString())).toEqual(ascending.toReversed());
      }),
    );
  });

  it('finds where a name is or would be', () => {
    fc.assert(
      fc.property(names, name, (ascending, bound) => {
        const packed = PackedNames.from(ascending);
        for (const searched of [bound, ...ascending]) {
          expect(packed.lowerBound(searched)).toBe(ascending.filter((each) => each < searched).length);
          expect(packed.below(searched).toNames().toReversed()).toEqual(
            ascending.filter((each) => each < searched),
          );
          expect(packed.above(searched).toNames().toReversed()).toEqual(
            ascending.filter((each) => each > searched),
          );
          expect(packed.includes(searched)).toBe(ascending.includes(searched));
        }
      }),
    );
  });

  it('slices, merges and leaves out as arrays do', () => {
    fc.assert(
      fc.property(names, names, fc.nat(50), fc.nat(50), (some, others, from, to) => {
        const packed = PackedNames.from(some);
        expect(packed.slice(from, to).toNames()).toEqual(some.slice(from, to).toReversed());
        const shared = [...others, ...some.slice(from)].toSorted();
        const both = [...some, ...shared].toSorted();
        expect(packed.merge(PackedNames.from(shared)).toNames()).toEqual(both.toReversed());
        expect(PackedNames.from(shared).merge(packed).toNames()).toEqual(both.toReversed());
        expect(packed.first(from).toNames()).toEqual(some.slice(0, from).toReversed());
        expect(packed.last(from + 1).toNames()).toEqual(some.slice(-from - 1).toReversed());
        const left = some[from] ?? recordName('00000000-0000-7000-8000-000000000000');
        expect(packed.without(left).toNames()).toEqual(some.filter((each) => each !== left).toReversed());
      }),
    );
  });
});
