import { propertiesIn, stageTemplate } from '../stage-template';
import { quotas } from './quotas';

/** What of a deployment grows with its tasks, or bounds them. */
export interface Deployment {
  readonly vcpusOfTask: number;
  /** How many times the tasks there may be while a new version comes up. */
  readonly rollout: number;
  readonly zones: number;
  /** In the private subnets of one zone, for tasks. */
  readonly addressesInZone: number;
  /** Of the endpoints and mount targets in all zones. */
  readonly ownInterfaces: number;
  /** What scaling aims at for one task, a second. */
  readonly requestsOfTask: number;
}

/** Reads a stage's synthesized template. */
export function deployment(stage: string, overrides: Record<string, string> = {}): Deployment {
  const all = propertiesIn(stageTemplate(stage, overrides));
  const subnets = all('AWS::EC2::Subnet').filter(({ Tags }) =>
    Tags.some(
      ({ Key, Value }: Record<string, string>) => Key === 'aws-cdk:subnet-name' && Value === 'Private',
    ),
  );
  const ownInterfaces =
    all('AWS::EC2::VPCEndpoint').flatMap(({ SubnetIds = [] }) => SubnetIds).length +
    all('AWS::EFS::MountTarget').length;
  const size = 2 ** (32 - Number(subnets[0].CidrBlock.split('/')[1]));
  const [service] = all('AWS::ECS::Service');
  const [task] = all('AWS::ECS::TaskDefinition');
  const [requests] = all('AWS::ApplicationAutoScaling::ScalingPolicy')
    .map(({ TargetTrackingScalingPolicyConfiguration: policy }) => policy)
    .filter((policy) =>
      policy.PredefinedMetricSpecification.PredefinedMetricType.startsWith('ALBRequestCount'),
    );
  return {
    vcpusOfTask: task.Cpu / 1024,
    rollout: service.DeploymentConfiguration.MaximumPercent / 100,
    zones: subnets.length,
    addressesInZone: size - quotas.reservedAddresses.value - ownInterfaces / subnets.length,
    ownInterfaces,
    requestsOfTask: requests.TargetValue / 60,
  };
}
