import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../../scripts/execution-policies';
import {
  ciResources,
  ofType,
  stageResources,
  trustedServices,
  typesOf,
} from '../../scripts/policies/deployed-templates';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

const names = readdirSync(folder);
const stages = stageResources();
const ci = ciResources();
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const statements = (name: string): Statement[] => JSON.parse(read(name)).Statement;
const actions = names.flatMap((name) => statements(name).flatMap(({ Action }) => Action));

/** What IAM calls a service, where CloudFormation calls it something else. */
const prefixes: Record<string, string> = {
  ApplicationAutoScaling: 'application-autoscaling',
  CertificateManager: 'acm',
  EFS: 'elasticfilesystem',
  ElasticLoadBalancingV2: 'elasticloadbalancing',
};

function statement(name: string, sid: string): Statement {
  const [found, ...more] = statements(name).filter(({ Sid }) => Sid === sid);
  if (!found || more.length > 0) throw new Error(`${name} has ${more.length + 1} statements ${sid}, not one`);
  return found;
}

describe.each(names)('%s', (name) => {
  test('it is within the size of a managed policy', () => {
    // AWS, "IAM and AWS STS quotas": white space does not count.
    expect(read(name).replace(/\s/g, '').length).toBeLessThanOrEqual(6144);
  });

  test('it is a policy of the current version that only allows', () => {
    const { Version, Statement, ...more } = JSON.parse(read(name));
    expect([Version, more]).toEqual(['2012-10-17', {}]);
    for (const { Sid, Effect, Action, Resource, Condition: _, ...unknown } of Statement) {
      expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
      expect([Effect, unknown]).toEqual(['Allow', {}]);
      for (const listed of [Action, Resource]) expect([listed].flat()).not.toEqual([]);
    }
  });

  test('its statements have different names', () => {
    const sids = statements(name).map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
  });

  test('it names each action in full and once', () => {
    const listed = statements(name).flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => `${action} ${Resource}`),
    );
    for (const action of listed) expect(action).toMatch(/^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]+ /);
    expect(new Set(listed).size).toBe(listed.length);
  });

  test('its resources are ARNs or everything', () => {
    for (const resource of statements(name).flatMap(({ Resource }) => Resource))
      expect(resource).toMatch(/^(\*|arn:aws:[a-z0-9-]+:[*a-z0-9-]*:\*:\S+)$/);
  });
});

test('every type that is deployed has its service in a policy', () => {
  const services = new Set(actions.map((action) => action.split(':')[0]));
  const missing = typesOf(...stages, ci).filter((type) => {
    const [, service = ''] = type.split('::');
    return !services.has(prefixes[service] ?? service.toLowerCase());
  });
  expect(missing).toEqual([]);
});

test('roles and policies are named by CloudFormation, after the stack, as the policies expect', () => {
  for (const { Properties } of ofType('AWS::IAM::Role', [...stages, ci]))
    expect([Properties.RoleName, Properties.Path]).toEqual([undefined, undefined]);
  for (const { Properties } of ofType('AWS::IAM::ManagedPolicy', [...stages, ci]))
    expect([Properties.ManagedPolicyName, Properties.Path]).toEqual([undefined, '/']);
});

test('no role takes a policy of AWS, which the execution role may not attach', () => {
  for (const { Properties } of ofType('AWS::IAM::Role', [...stages, ci]))
    expect(Properties.ManagedPolicyArns).toBeUndefined();
});

test('what changes IAM is limited to roles and policies of the stacks', () => {
  for (const name of names) {
    const changing = statements(name).filter(
      ({ Sid, Action }) => `${Action}`.includes('iam:') && Sid !== 'Lists',
    );
    for (const { Resource } of changing)
      expect(Resource).toMatch(
        /^arn:aws:iam::\*:((role|policy)\/Keepsake(Ci)?-\*|role\/aws-service-role\/.+|oidc-provider\/token\.actions\.githubusercontent\.com)$/,
      );
  }
});

test('roles go to the services that the stack’s roles trust, and to no other', () => {
  expect(statement('execution-roles.json', 'PassRoles').Condition).toEqual({
    StringEquals: { 'iam:PassedToService': trustedServices(...stages) },
  });
});

test('who deploys may assume what the pipeline may assume, in the account that the credentials are of', () => {
  const [policy] = Object.entries(ci).filter(
    ([id, { Type }]) => id.startsWith('Deploy') && Type === 'AWS::IAM::ManagedPolicy',
  );
  const [granted] = policy?.[1].Properties.PolicyDocument.Statement ?? [];
  expect(statement('deploy.json', 'AssumeBootstrapRoles')).toEqual({
    Sid: 'AssumeBootstrapRoles',
    Effect: 'Allow',
    Action: granted.Action,
    Resource: granted.Resource.map(plain),
  });
});

test('who deploys may read the version of the bootstrap, and nothing else', () => {
  const { Resource } = statement('deploy.json', 'SayWhenNotBootstrapped');
  const script = readFileSync(join(__dirname, '../../scripts/cdk.ts'), 'utf8');
  expect(Resource).toBe(`arn:aws:ssm:*:*:parameter${script.match(/Name: '(.+)'/)?.[1]}`);
  expect(statements('deploy.json').flatMap(({ Action }) => Action)).toEqual([
    'sts:AssumeRole',
    'ssm:GetParameter',
  ]);
});

/** A role's ARN without CloudFormation's references: a policy may have a variable after the fifth colon alone. */
function plain(arn: { 'Fn::Join': [string, (string | { Ref: string })[]] }): string {
  const parts = arn['Fn::Join'][1].map((part, index) => {
    if (typeof part === 'string') return part;
    if (part.Ref === 'AWS::Partition') return 'aws';
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM fills it in.
    return part.Ref === 'AWS::AccountId' && index > 3 ? '${aws:PrincipalAccount}' : '*';
  });
  return parts.join('');
}
