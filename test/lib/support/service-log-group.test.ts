import { Template } from 'aws-cdk-lib/assertions';
import { ServiceLogGroup } from '../../../lib/support/service-log-group';
import { aStack } from './a-service';

function logGroup(options = {}, props = {}) {
  const { stack, telemetry } = aStack(options);
  new ServiceLogGroup(stack, 'Logs', { telemetry, ...props });
  return Template.fromStack(stack);
}

test('lines are kept as long as the stage says', () => {
  logGroup().allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
});

test('a group goes with the stack', () => {
  logGroup().allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
});

test('it has the name that it is given', () => {
  logGroup({}, { logGroupName: 'aws-waf-logs-x' }).hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: 'aws-waf-logs-x',
  });
});

test('every group is encrypted with the key of one’s own, if there is one', () => {
  const template = logGroup({ customerManagedKey: true });
  const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
  template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
});
