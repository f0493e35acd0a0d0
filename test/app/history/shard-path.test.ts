import { recordName } from '../../../app/history/record-name';
import { shardPaths, shardSpan } from '../../../app/history/shard-path';

test('a record may be in the directory of its month, or of a shorter time that it was made in', () => {
  // Made at 2026-11-21T07:36:12.345Z.
  expect(shardPaths(recordName('01a1fd08-c339-7abc-8def-0123456789ab'))).toEqual([
    '2026-11',
    '2026-11/21',
    '2026-11/21/07',
    '2026-11/21/07/36',
    '2026-11/21/07/36/12',
  ]);
});

test.each([
  ['2026-11', '2026-11-01T00:00Z', '2026-12-01T00:00Z'],
  ['2026-12', '2026-12-01T00:00Z', '2027-01-01T00:00Z'],
  ['2028-02', '2028-02-01T00:00Z', '2028-03-01T00:00Z'],
  ['2028-02/29', '2028-02-29T00:00Z', '2028-03-01T00:00Z'],
  ['2026-12/31/23', '2026-12-31T23:00Z', '2027-01-01T00:00Z'],
  ['2026-12/31/23/59/59', '2026-12-31T23:59:59Z', '2027-01-01T00:00Z'],
])('the directory %s is for the time from %s to %s', (path, from, to) => {
  expect(shardSpan(path)).toEqual({ from: Date.parse(from), to: Date.parse(to) });
});

test.each([
  '2026',
  '2026-13',
  '2026-00',
  '0050-01',
  '2026-11-21',
  '2026-11/31',
  '2026-02/29',
  '2026-11/21/24',
  '2026-11/21/07/60',
  '2026-11/21/07/36/12/00',
  '2026-11/',
  '2026-11/..',
  '.incoming',
])('%s is no directory for records', (path) => {
  expect(shardSpan(path)).toBeUndefined();
});
