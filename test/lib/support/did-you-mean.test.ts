import { didYouMean } from '../../../lib/support/did-you-mean';

test.each([
  ['prd', ['dev', 'prod'], '; did you mean prod?'],
  ['--replica', ['--replicas', '--help'], '; did you mean --replicas?'],
  ['minTask', ['minTasks', 'maxTasks'], '; did you mean minTasks?'],
  ['staging', ['dev', 'prod'], ''],
  ['x', ['a', 'b'], ''],
  ['prod', [], ''],
])('%s among %j is answered with "%s"', (word, allowed, expected) => {
  expect(didYouMean(word, allowed)).toBe(expected);
});
