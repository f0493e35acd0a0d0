import { Match, Template } from 'aws-cdk-lib/assertions';
import { AlarmTopic } from '../../lib/alarm-topic';
import { FailureNotices } from '../../lib/failure-notices';
import { aService } from './support/a-service';
import { resources } from './support/resources';

const { stack, service, uploads, telemetry } = aService({ customerManagedKey: true });
const topic = new AlarmTopic(stack, 'Topic', { telemetry });
new FailureNotices(stack, 'Notices', {
  service,
  fileSystem: uploads.fileSystem,
  runbook: 'docs/help.md',
  topic,
});
const template = Template.fromStack(stack);
const rules = resources(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);

test('a deployment of the service that was given up is told', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      resources: [{ Ref: Match.stringLikeRegexp('^Service') }],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    },
  });
});

test('a backup of the file system that was not made is told', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.backup'],
      'detail-type': ['Backup Job State Change'],
      detail: {
        state: ['FAILED', 'ABORTED', 'EXPIRED'],
        resourceArn: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Uploads'), 'Arn'] }],
      },
    },
  });
});

test('both go to the topic, without a role, and say what happened and where to read on', () => {
  const told = rules.flatMap(({ Targets }) => Targets);
  expect(told.map(({ Arn }) => Arn)).toEqual(Array(2).fill({ Ref: expect.stringMatching(/^Topic/) }));
  expect(told.map(({ RoleArn }) => RoleArn)).toEqual([undefined, undefined]);
  expect(told.map(({ InputTransformer }) => InputTransformer.InputTemplate)).toEqual([
    '"Other: ECS gave a deployment up: <detail-reason>. See docs/help.md#faileddeployment"',
    '"Other: A backup ended as <detail-state>. See docs/help.md#failedbackup"',
  ]);
});

test('the topic lets EventBridge publish', () => {
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'events.amazonaws.com' },
        }),
      ]),
    },
  });
});
