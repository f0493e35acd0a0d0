import { App, Stack } from 'aws-cdk-lib';
import { acknowledge, acknowledgements, ruleIds } from '../../../lib/support/acknowledge';

test('a rule has its name in three packs, and its number in AwsSolutions', () => {
  expect(ruleIds({ rule: 'ELBLoggingEnabled', awsSolutions: 'ELB2', reason: '' })).toEqual([
    'HIPAA.Security-ELBLoggingEnabled',
    'NIST.800.53.R5-ELBLoggingEnabled',
    'PCI.DSS.321-ELBLoggingEnabled',
    'AwsSolutions-ELB2',
  ]);
});

test('acknowledgements are found again, with the construct', () => {
  const stack = new Stack(new App(), 'Stack');
  acknowledge(stack, { rule: 'EFSEncrypted', reason: 'Because.' });
  expect(acknowledgements(stack.node.root)).toEqual([
    { rule: 'EFSEncrypted', reason: 'Because.', at: stack },
  ]);
});
