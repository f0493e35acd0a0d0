import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { CheckedApp } from '../../lib/checked-app';
import { KeepsakeStack } from '../../lib/keepsake-stack';
import { stageSettings } from '../../lib/stage-settings';
import { folder } from '../../scripts/execution-policies';
import { ciResources, ofType, stageResources } from '../../scripts/policies/deployed-templates';

const text = readFileSync(join(folder, '../permissions.md'), 'utf8');
const deployed = [...stageResources(), ciResources()];
const granted = ofType('AWS::IAM::ManagedPolicy', deployed)
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
  .flatMap(({ Action }): string[] => Action);

test.each([...new Set(granted)])('it names %s, which a role of the stacks may do', (action) => {
  expect(text).toContain(`\`${action}\``);
});

test('it bootstraps with every policy of the execution role, the one for GitHub by choice', () => {
  const [, always, choice] = text.match(/for name in (.+); do # and (\w+)/) ?? [];
  const listed = `${always} ${choice}`.split(' ').map((name) => `execution-${name}.json`);
  expect(listed.sort()).toEqual(readdirSync(folder).filter((name) => name !== 'deploy.json'));
});

test('it names no policy so that the execution role could change it', () => {
  const made = [...text.matchAll(/--policy-name "?(\S+)/g)].map(([, name]) => name);
  expect(made).toHaveLength(2);
  for (const name of made) expect(name).not.toMatch(/^Keepsake(Ci)?-/);
});

test('it is right that a boundary in the context is on every role', () => {
  const boundary = { '@aws-cdk/core:permissionsBoundary': { name: 'NAME' } };
  const app = new CheckedApp({ context: { ...context, ...boundary } });
  const settings = stageSettings('prod');
  const stack = new KeepsakeStack(app, 'Keepsake-prod', { stage: 'prod', settings });
  const roles = ofType('AWS::IAM::Role', [Template.fromStack(stack).toJSON().Resources]);
  expect(roles.length).toBeGreaterThan(0);
  for (const { Properties } of roles)
    expect(JSON.stringify(Properties.PermissionsBoundary)).toContain(':policy/NAME');
});
