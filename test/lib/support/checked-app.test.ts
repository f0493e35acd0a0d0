import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgements, ruleIds } from '../../../lib/support/acknowledge';
import { checkedApp, domain, stage } from './stages';

const packs = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks];

/** What a run of the packs finds; with `ignoring`, as if nothing had been acknowledged. */
function findings(root: Stack, { ignoring = false } = {}): { id: string; path: string }[] {
  return packs.flatMap((Pack) => {
    const pack = new Pack();
    if (ignoring) Object.assign(pack, { isAcknowledged: () => false });
    return pack
      .validateScope(root)
      .violations.flatMap(({ ruleName: id, violatingResources }) =>
        violatingResources.map(({ constructPath }) => ({ id, path: `${constructPath}` })),
      );
  });
}

describe.each([
  ['dev', {}],
  ['prod', {}],
  ['prod', domain],
])('%s %j', (name, overrides) => {
  const { stack } = stage(name, overrides);
  const acknowledged = acknowledgements(stack);

  test('nothing is left for the four packs to find', () => {
    expect(findings(stack)).toEqual([]);
  });

  test('every acknowledgement is needed', () => {
    const all = findings(stack, { ignoring: true });
    const idle = acknowledged.filter(({ at, ...acknowledgement }) => {
      const ids = ruleIds(acknowledgement);
      return !all.some(({ id, path }) => ids.includes(id) && path.startsWith(at.node.path));
    });
    expect(idle.map(({ rule, at }) => `${rule} at ${at.node.path}`)).toEqual([]);
  });
});

test('prod with a domain name has at most six acknowledged rules', () => {
  const { stack } = stage('prod', domain);
  expect(new Set(acknowledgements(stack).map(({ rule }) => rule)).size).toBeLessThanOrEqual(6);
});

test('synthesis itself fails on a finding', () => {
  const app = checkedApp();
  new Bucket(new Stack(app, 'Careless'), 'Bucket');
  expect(() => app.synth()).toThrow('HIPAA.Security-S3BucketVersioningEnabled');
});
