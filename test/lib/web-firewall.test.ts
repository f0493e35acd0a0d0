import { Template } from 'aws-cdk-lib/assertions';
import { WebFirewall, type WebFirewallProps } from '../../lib/web-firewall';
import { aService } from './support/a-service';
import { only, resources } from './support/resources';

function firewall(props: Partial<WebFirewallProps> = {}) {
  const { stack, entrance, telemetry } = aService();
  new WebFirewall(stack, 'Firewall', { loadBalancer: entrance.loadBalancer, telemetry, ...props });
  return Template.fromStack(stack);
}

function rule(template: Template, name: string) {
  const { Rules } = only(template, 'AWS::WAFv2::WebACL');
  return Rules.find(({ Name }: { Name: string }) => Name === name);
}

describe('by default', () => {
  const template = firewall();

  test('an address is blocked from 2000 requests in five minutes, with 429', () => {
    expect(rule(template, 'RateLimit')).toMatchObject({
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
      Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } },
    });
  });

  test.each(['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'])('%s blocks', (name) => {
    expect(rule(template, name)).toMatchObject({
      OverrideAction: { None: {} },
      Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: name, RuleActionOverrides: [] } },
    });
  });

  test('it guards the load balancer', () => {
    const { ResourceArn } = only(template, 'AWS::WAFv2::WebACLAssociation');
    const [[id] = []] = resources(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(ResourceArn).toEqual({ Ref: id });
  });

  test('it logs what it blocks or counts, to a group whose name WAF accepts', () => {
    const { LoggingFilter, LogDestinationConfigs } = only(template, 'AWS::WAFv2::LoggingConfiguration');
    expect(LoggingFilter.DefaultBehavior).toBe('DROP');
    expect(JSON.stringify(LogDestinationConfigs)).toMatch(/log-group:aws-waf-logs-\w+"/);
  });

  test('the log group that it writes to exists', () => {
    const { LogDestinationConfigs } = only(template, 'AWS::WAFv2::LoggingConfiguration');
    const names = resources(template, 'AWS::Logs::LogGroup').map(
      ([, { Properties }]) => Properties.LogGroupName,
    );
    const [name] = JSON.stringify(LogDestinationConfigs).match(/aws-waf-logs-\w+/) ?? [];
    expect(names).toContain(name);
  });
});

test('rules that may only count do', () => {
  const template = firewall({ countOnly: ['SizeRestrictions_BODY'] });
  expect(
    rule(template, 'AWSManagedRulesCommonRuleSet').Statement.ManagedRuleGroupStatement.RuleActionOverrides,
  ).toEqual([{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]);
});

test('the rate limit is the one that it is given', () => {
  expect(rule(firewall({ rateLimit: 100 }), 'RateLimit').Statement.RateBasedStatement.Limit).toBe(100);
});
