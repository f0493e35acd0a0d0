import { Names, Stack } from 'aws-cdk-lib';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { refuseUndefined } from './support/refuse-undefined';
import { ServiceLogGroup } from './support/service-log-group';
import type { Telemetry } from './telemetry';

export interface WebFirewallProps {
  readonly loadBalancer: ApplicationLoadBalancer;
  /** Rules of AWSManagedRulesCommonRuleSet that only count. @default all of them block */
  readonly countOnly?: readonly string[];
  /** Requests in five minutes from which an address is blocked, at least 10. @default 2000 */
  readonly rateLimit?: number;
  readonly telemetry: Telemetry;
}

/** A web ACL: AWS's common rules and known bad inputs, and a limit on the requests of one address. */
export class WebFirewall extends Construct {
  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props, ['countOnly', 'rateLimit']);
    const { loadBalancer, countOnly = [], rateLimit = 2000, telemetry } = props;
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('Requests'),
      rules: [
        {
          name: 'RateLimit',
          priority: 0, // first: it is the cheapest
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { limit: rateLimit, aggregateKeyType: 'IP' } },
          visibilityConfig: visibility('RateLimit'),
        },
        managedRules('AWSManagedRulesCommonRuleSet', 1, countOnly),
        managedRules('AWSManagedRulesKnownBadInputsRuleSet', 2),
      ],
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: loadBalancer.loadBalancerArn,
      webAclArn: webAcl.attrArn,
    });
    // WAF writes only to log groups whose name begins like this.
    const logGroupName = `aws-waf-logs-${Names.uniqueResourceName(this, { maxLength: 60 })}`;
    const logGroup = new ServiceLogGroup(this, 'Logs', { telemetry, logGroupName });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: webAcl.attrArn,
      // WAF refuses the ARN with the ":*" at its end that the log group's own attribute has.
      logDestinationConfigs: [
        Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logGroupName}` }),
      ],
      // The access log has the requests that were let through.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }, { ActionCondition: { Action: 'COUNT' } }],
          },
        ],
      },
    }).node.addDependency(logGroup);
  }
}

function managedRules(
  name: string,
  priority: number,
  countOnly: readonly string[] = [],
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: countOnly.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
