import { Template } from 'aws-cdk-lib/assertions';
import { aStack } from './support/a-service';
import { only } from './support/resources';

test('without a key of one’s own there is none to pay for', () => {
  Template.fromStack(aStack().stack).resourceCountIs('AWS::KMS::Key', 0);
});

describe('with a key of one’s own', () => {
  const template = Template.fromStack(aStack({ customerManagedKey: true }).stack);
  const { KeyPolicy, EnableKeyRotation, PendingWindowInDays } = only(template, 'AWS::KMS::Key');
  const services = Object.fromEntries(
    KeyPolicy.Statement.slice(1).map(({ Principal, ...rest }: { Principal: { Service: unknown } }) => [
      JSON.stringify(Principal.Service),
      rest,
    ]),
  );

  test('it rotates', () => {
    expect(EnableKeyRotation).toBe(true);
  });

  test('it goes with the stack, as soon as KMS allows', () => {
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
    expect(PendingWindowInDays).toBe(7);
  });

  test('CloudWatch Logs may use it for log groups of this account and Region', () => {
    const [, logs] =
      Object.entries<Record<string, object>>(services).find(([name]) => name.includes('logs.')) ?? [];
    expect(Object.keys(logs?.Condition ?? {})).toEqual(['ArnLike']);
    expect(JSON.stringify(logs?.Condition)).toContain('kms:EncryptionContext:aws:logs:arn');
  });

  test('alarms of this account may use it to publish', () => {
    expect(services['"cloudwatch.amazonaws.com"']).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
  });

  test('rules of EventBridge may use it to publish, for which AWS supports no condition', () => {
    expect(services['"events.amazonaws.com"']).toEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
    });
  });
});
