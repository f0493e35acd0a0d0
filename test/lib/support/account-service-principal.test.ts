import { App, Stack } from 'aws-cdk-lib';
import { AccountServicePrincipal } from '../../../lib/support/account-service-principal';

test('the service is trusted as far as it acts for this account', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333' } });
  expect(new AccountServicePrincipal(stack, 'backup.amazonaws.com').policyFragment.conditions).toEqual({
    StringEquals: { 'aws:SourceAccount': '111122223333' },
  });
});
