import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ManagedPolicyRole } from '../../../lib/support/managed-policy-role';
import { only } from './resources';

const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack');
const role = new ManagedPolicyRole(stack, 'Role', {
  assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
});
new ManagedPolicyRole(stack, 'Idle', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
const logs = new LogGroup(stack, 'Logs');
logs.grantWrite(role);
logs.grantRead(role);
const template = Template.fromStack(stack);

test('all grants go into one managed policy of the role', () => {
  const { PolicyDocument, Roles } = only(template, 'AWS::IAM::ManagedPolicy');
  expect(PolicyDocument.Statement).toHaveLength(2);
  expect(Roles).toEqual([{ Ref: expect.stringMatching(/^Role/) }]);
});

test('no policy is inline', () => {
  template.resourceCountIs('AWS::IAM::Policy', 0);
});
