import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ContainerService, type ContainerServiceProps } from '../../../lib/container-service';
import { Network } from '../../../lib/network';
import { PublicLoadBalancer } from '../../../lib/public-load-balancer';
import { type RolloutTiming, rolloutTiming } from '../../../lib/rollout-timing';
import { SharedFileSystem } from '../../../lib/shared-file-system';
import { Telemetry } from '../../../lib/telemetry';

export const timing: RolloutTiming = rolloutTiming({
  startupDeadline: Duration.seconds(19),
  healthCheckGracePeriod: Duration.seconds(50),
  healthCheckInterval: Duration.seconds(10),
  healthCheckTimeout: Duration.seconds(4),
  healthyThresholdCount: 3,
  unhealthyThresholdCount: 4,
  drain: Duration.seconds(5),
  closing: Duration.seconds(2),
  deregistrationDelay: Duration.seconds(6),
  stopTimeout: Duration.seconds(40),
  idleTimeout: Duration.seconds(70),
  keepAlive: Duration.seconds(80),
});

interface Options {
  readonly egress?: 'none' | 'nat';
  readonly customerManagedKey?: boolean;
}

/** A stack with everything that a construct under test may need, and nothing of Keepsake in it. */
export function aStack({ egress = 'none', customerManagedKey = false }: Options = {}) {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Other');
  const telemetry = new Telemetry(stack, 'Telemetry', { logRetention: 30, customerManagedKey });
  const network = new Network(stack, 'Network', { availabilityZones: 2, egress, telemetry });
  return { stack, telemetry, network, vpc: network.vpc };
}

interface ServiceOptions extends Options {
  readonly retain?: boolean;
  /** Props of the service in place of those below. */
  readonly service?: Partial<ContainerServiceProps>;
}

/** Another image, another port, another health path and other mount paths than Keepsake's, through every construct. */
export function aService({ retain = false, service: replaced = {}, ...options }: ServiceOptions = {}) {
  const base = aStack(options);
  const { stack, telemetry, network, vpc } = base;
  const entrance = new PublicLoadBalancer(stack, 'Entrance', {
    vpc,
    targetPort: 3000,
    healthCheckPath: '/up',
    timing,
    deletionProtection: false,
    accessLogs: false,
    firewall: false,
    telemetry,
  });
  const uploads = new SharedFileSystem(stack, 'Uploads', { vpc, path: '/uploads', owner: '1000', retain });
  const service = new ContainerService(stack, 'Service', {
    network,
    loadBalancer: entrance,
    sharedFileSystem: uploads,
    sharedPath: '/srv/uploads',
    scratchPath: '/var/tmp',
    image: ContainerImage.fromRegistry('111122223333.dkr.ecr.eu-west-1.amazonaws.com/memos:1'),
    containerPort: 3000,
    user: '1000',
    cpu: 512,
    memoryLimit: Size.gibibytes(1),
    containerInsights: false,
    timing,
    telemetry,
    ...replaced,
  });
  return { ...base, entrance, service, uploads };
}
