import { Duration } from 'aws-cdk-lib';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { ContainerService } from './container-service';
import { refuseUndefined } from './support/refuse-undefined';

export interface ServiceScalingProps {
  readonly service: ContainerService;
  readonly targetGroup: ApplicationTargetGroup;
  readonly minTasks: number;
  readonly maxTasks: number;
  /** Requests a minute that one task should get. */
  readonly requestsPerTarget: number;
}

/** Adds tasks within minutes of load, and takes them away slowly, whichever of two measures asks for more. */
export class ServiceScaling extends Construct {
  constructor(scope: Construct, id: string, props: ServiceScalingProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    const { service, targetGroup, minTasks, maxTasks, requestsPerTarget } = props;
    const scaling = service.fargateService.autoScaleTaskCount({
      minCapacity: minTasks,
      maxCapacity: maxTasks,
    });
    // Out: as soon as the last addition can have had an effect. In: not for a dip that the next minute fills again.
    const cooldowns = { scaleOutCooldown: Duration.seconds(60), scaleInCooldown: Duration.minutes(5) };
    scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60, ...cooldowns });
    // The CDK's list of metrics lacks the one of 20 seconds, which ContainerService turns on.
    const [cpu] = scaling.node.findAll().filter((child) => child instanceof CfnScalingPolicy);
    cpu?.addPropertyOverride(
      'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType',
      'ECSServiceAverageCPUUtilizationHighResolution',
    );
    scaling.scaleOnRequestCount('Requests', { targetGroup, requestsPerTarget, ...cooldowns });
  }
}
