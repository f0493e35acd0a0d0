import { iamStatements, serviceStatements } from '../../../scripts/policies/statements';

test('grants on keys are for services of AWS alone', () => {
  const [grants, others] = serviceStatements('kms', ['kms:DescribeKey', 'kms:CreateGrant']);
  expect(grants).toMatchObject({
    Action: ['kms:CreateGrant'],
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
  expect(others).toMatchObject({ Action: ['kms:DescribeKey'], Resource: '*' });
});

test('a policy is attached only when it is one of the stack’s, and only to a role of the stack’s', () => {
  expect(iamStatements('Some-*', ['iam:AttachRolePolicy'])).toEqual([
    {
      Sid: 'Attachments',
      Effect: 'Allow',
      Action: ['iam:AttachRolePolicy'],
      Resource: 'arn:aws:iam::*:role/Some-*',
      Condition: { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::*:policy/Some-*' } },
    },
  ]);
});

test('an action of IAM that is neither about roles nor about policies is refused', () => {
  expect(() => iamStatements('Some-*', ['iam:CreateUser'])).toThrow('iam:CreateUser: say in');
});
