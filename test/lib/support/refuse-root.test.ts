import { refuseRoot } from '../../../lib/support/refuse-root';

test.each(['0', 'root', '0:0', '', '1000:1000', '-1'])('%j is refused with what is allowed', (user) => {
  expect(() => refuseRoot('Stack/Files', 'owner', user)).toThrow(
    `Stack/Files: owner is "${user}"; give the number of a user, from 1`,
  );
});

test('the number of any other user is not', () => {
  expect(() => refuseRoot('Stack/Files', 'owner', '1000')).not.toThrow();
});
