import { Match, Template } from 'aws-cdk-lib/assertions';
import { AlarmTopic } from '../../lib/alarm-topic';
import { aStack } from './support/a-service';
import { only } from './support/resources';

function topic(props = {}, options = {}) {
  const { stack, telemetry } = aStack(options);
  new AlarmTopic(stack, 'Topic', { telemetry, ...props });
  return Template.fromStack(stack);
}

test('an address that is given hears every alarm', () => {
  topic({ email: 'ops@example.org' }).hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'ops@example.org',
  });
});

test('without an address nobody is subscribed', () => {
  topic().resourceCountIs('AWS::SNS::Subscription', 0);
});

test('alarms of this account may publish, over TLS', () => {
  topic().hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        Match.objectLike({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      ],
    },
  });
});

test('with a key of one’s own, messages are encrypted', () => {
  expect(only(topic({}, { customerManagedKey: true }), 'AWS::SNS::Topic').KmsMasterKeyId).toBeDefined();
});
