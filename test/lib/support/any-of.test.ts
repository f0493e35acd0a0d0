import { anyOf } from '../../../lib/support/any-of';

test.each([
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [[1, 2, 3], '1, 2 or 3'],
])('%j is said as %s', (values, said) => {
  expect(anyOf(values)).toBe(said);
});
