import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ciSettings } from '../../../lib/ci/ci-settings';
import { KeepsakeCiStack } from '../../../lib/ci/keepsake-ci-stack';
import { resources } from '../support/resources';
import { checkedApp } from '../support/stages';

function ci(given: Record<string, string> = {}) {
  const settings = ciSettings({ repository: 'acme/keepsake', environment: 'dev,prod', ...given });
  return new KeepsakeCiStack(checkedApp(), 'KeepsakeCi', { settings });
}

const byName = ci();
const template = Template.fromStack(byName);

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

function trust(id: string, within = template) {
  const [, role] = resources(within, 'AWS::IAM::Role').find(([logicalId]) => logicalId.startsWith(id)) ?? [];
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

describe('with the ids of the owner and the repository', () => {
  const stack = ci({ ownerId: '11', repositoryId: '22' });
  const byId = Template.fromStack(stack);

  test.each([
    ['Deploy', ['repo:acme@11/keepsake@22:environment:dev', 'repo:acme@11/keepsake@22:environment:prod']],
    ['Diff', ['repo:acme@11/keepsake@22:pull_request']],
  ])('%s trusts only %j', (id, subjects) => {
    const [{ Condition }] = trust(id, byId);
    expect(Condition.StringEquals['token.actions.githubusercontent.com:sub']).toEqual(subjects);
  });

  test('nothing is left to say', () => {
    expect(Annotations.fromStack(stack).findInfo('*', Match.anyValue())).toEqual([]);
  });
});

test('without them, the output says how to get them', () => {
  const told = Match.stringLikeRegexp('gh api repos/acme/keepsake --jq .owner.id');
  Annotations.fromStack(byName).hasInfo('/KeepsakeCi', told);
});

test('there are no keys and no users', () => {
  const types = resources(template).map(([, { Type }]) => Type);
  expect(types.filter((type) => /User|AccessKey|Lambda|Custom/.test(type))).toEqual([]);
});

test('an account that has a provider for GitHub keeps it', () => {
  const oidcProviderArn = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  Template.fromStack(ci({ oidcProviderArn })).resourceCountIs('AWS::IAM::OIDCProvider', 0);
});
