import { Template } from 'aws-cdk-lib/assertions';
import type { CiSettings } from '../../../lib/ci/ci-settings';
import { KeepsakeCiStack } from '../../../lib/ci/keepsake-ci-stack';
import { resources } from '../support/resources';
import { checkedApp } from '../support/stages';

function ci(settings: Partial<CiSettings> = {}) {
  const app = checkedApp();
  const defaults = { repository: 'acme/keepsake', deployFrom: ['environment:dev', 'environment:prod'] };
  return Template.fromStack(
    new KeepsakeCiStack(app, 'KeepsakeCi', { settings: { ...defaults, ...settings } }),
  );
}

const template = ci();

/** The names of the bootstrap roles that the role whose id begins with `id` may assume. */
function assumable(id: string): string[] {
  const [, policy] =
    resources(template, 'AWS::IAM::ManagedPolicy').find(([logicalId]) => logicalId.startsWith(id)) ?? [];
  const [statement, ...more] = policy?.Properties.PolicyDocument.Statement ?? [];
  expect([statement.Action, statement.Effect, more]).toEqual(['sts:AssumeRole', 'Allow', []]);
  return [statement.Resource]
    .flat()
    .map((arn) => JSON.stringify(arn).match(/cdk-hnb659fds-([a-z-]+)-role-/)?.[1] ?? 'other');
}

function trust(id: string) {
  const [, role] =
    resources(template, 'AWS::IAM::Role').find(([logicalId]) => logicalId.startsWith(id)) ?? [];
  return role?.Properties.AssumeRolePolicyDocument.Statement;
}

test('the pipeline may assume the roles of the bootstrap stack and do nothing else', () => {
  expect(assumable('Deploy')).toEqual(['deploy', 'file-publishing', 'image-publishing', 'lookup']);
});

test('a pull request may look and do nothing else', () => {
  expect(assumable('Diff')).toEqual(['lookup']);
});

test.each([
  ['Deploy', ['repo:acme/keepsake:environment:dev', 'repo:acme/keepsake:environment:prod']],
  ['Diff', ['repo:acme/keepsake:pull_request']],
])('only GitHub, for %s only as %j, gets in', (id, subjects) => {
  expect(trust(id)).toEqual([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: { Ref: expect.stringMatching(/^Provider/) } },
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': subjects,
        },
      },
    },
  ]);
});

test('there are no keys and no users', () => {
  const types = resources(template).map(([, { Type }]) => Type);
  expect(types.filter((type) => /User|AccessKey|Lambda|Custom/.test(type))).toEqual([]);
});

test('an account that has a provider for GitHub keeps it', () => {
  const oidcProviderArn = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  ci({ oidcProviderArn }).resourceCountIs('AWS::IAM::OIDCProvider', 0);
});
