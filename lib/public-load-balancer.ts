import { type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  DesyncMitigationMode,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { AccessLog } from './access-log';
import { PublicListeners } from './public-listeners';
import type { RolloutTiming } from './rollout-timing';
import { acknowledge } from './support/acknowledge';
import { refuseUndefined } from './support/refuse-undefined';
import type { Telemetry } from './telemetry';
import { WebFirewall } from './web-firewall';

export interface PublicLoadBalancerProps {
  readonly vpc: IVpc;
  readonly targetPort: number;
  /** Answers 200 while a target may get requests. */
  readonly healthCheckPath: string;
  readonly timing: RolloutTiming;
  /** @default HTTP under the load balancer's own name */
  readonly domainName?: string;
  /** The Route 53 zone of `domainName`. */
  readonly hostedZoneId?: string;
  readonly deletionProtection: boolean;
  readonly accessLogs: boolean;
  readonly firewall: boolean;
  /** Rules of the firewall's common rule set that only count. @default all of them block */
  readonly firewallCountOnly?: readonly string[];
  readonly telemetry: Telemetry;
}

/** The one way in from the internet: an Application Load Balancer in the public subnets. */
export class PublicLoadBalancer extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targetGroup: ApplicationTargetGroup;
  readonly url: string;

  constructor(scope: Construct, id: string, props: PublicLoadBalancerProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props, ['domainName', 'hostedZoneId', 'firewallCountOnly']);
    const { vpc, deletionProtection, timing, telemetry } = props;
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Public load balancer',
      allowAllOutbound: false,
    });
    this.loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      vpcSubnets: { subnetGroupName: 'Public' },
      internetFacing: true,
      securityGroup,
      deletionProtection,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: DesyncMitigationMode.DEFENSIVE,
      idleTimeout: timing.idleTimeout,
    });
    // Lets an operator, and AWS, take a zone that fails out of the load balancer. It is free.
    this.loadBalancer.setAttribute('zonal_shift.config.enabled', 'true');
    this.targetGroup = this.addTargetGroup(props);
    const { loadBalancer, targetGroup } = this;
    const { domainName, hostedZoneId } = props;
    const listeners = { loadBalancer, targetGroup, domainName, hostedZoneId };
    this.url = new PublicListeners(this, 'Listeners', listeners).url;
    acknowledge(securityGroup, {
      rule: 'EC2RestrictedInbound',
      awsSolutions: 'EC23',
      reason: 'The public entrance: ports 80 and 443 answer any address, and nothing else in the stack does.',
    });
    if (props.accessLogs) new AccessLog(this, 'AccessLog', { loadBalancer, telemetry });
    acknowledgeAccessLogs(loadBalancer, props.accessLogs);
    if (props.firewall) {
      const countOnly = props.firewallCountOnly ?? [];
      new WebFirewall(this, 'Firewall', { loadBalancer, countOnly, telemetry });
    } else {
      acknowledge(loadBalancer, {
        rule: 'ALBWAFEnabled',
        reason:
          'A stage without users. Its setting `firewall` adds the web ACL that prod has, for about 8 USD a month.',
      });
    }
    if (!deletionProtection) {
      acknowledge(loadBalancer, {
        rule: 'ELBDeletionProtectionEnabled',
        reason: 'A stage that one command must be able to destroy.',
      });
    }
  }

  private addTargetGroup({ vpc, targetPort, healthCheckPath, timing }: PublicLoadBalancerProps) {
    return new ApplicationTargetGroup(this, 'TargetGroup', {
      vpc,
      protocol: ApplicationProtocol.HTTP,
      port: targetPort,
      targetType: TargetType.IP,
      deregistrationDelay: timing.deregistrationDelay,
      healthCheck: {
        path: healthCheckPath,
        interval: timing.healthCheckInterval,
        timeout: timing.healthCheckTimeout,
        healthyThresholdCount: timing.healthyThresholdCount,
        unhealthyThresholdCount: timing.unhealthyThresholdCount,
        healthyHttpCodes: '200',
      },
    });
  }
}

function acknowledgeAccessLogs(loadBalancer: ApplicationLoadBalancer, enabled: boolean): void {
  acknowledge(loadBalancer, {
    rule: 'ELBLoggingEnabled',
    awsSolutions: 'ELB2',
    reason: enabled
      ? 'Every request is logged, to CloudWatch Logs, encrypted under the same key and kept as long as all other logs. The rule looks for the older delivery to S3, which cannot use that key.'
      : 'A stage without users, where a log of each request would be kept for nobody. Its setting `accessLogs` adds the one that prod has.',
  });
}
