import { Size } from 'aws-cdk-lib';
import { type Connections, type IConnectable, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AvailabilityZoneRebalancing,
  AwsLogDriverMode,
  Capability,
  Cluster,
  type ContainerDefinition,
  type ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  type EfsVolumeConfiguration,
  FargatePlatformVersion,
  FargateService,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { RolloutTiming } from './rollout-timing';
import { AccountServicePrincipal } from './support/account-service-principal';
import { acknowledge } from './support/acknowledge';
import { ManagedPolicyRole } from './support/managed-policy-role';
import { ServiceLogGroup } from './support/service-log-group';
import type { Telemetry } from './telemetry';

export interface ContainerServiceProps {
  readonly vpc: IVpc;
  /** Built for x86-64. */
  readonly image: ContainerImage;
  readonly containerPort: number;
  /** Numeric, and not 0. */
  readonly user: string;
  /** The one path that the container can write to, empty at each start. The image must declare it with `VOLUME`. */
  readonly scratchPath: string;
  /** 1024 is one vCPU. */
  readonly cpu: number;
  readonly memoryLimit: Size;
  readonly containerInsights: boolean;
  readonly timing: Pick<RolloutTiming, 'stopTimeout' | 'healthCheckGracePeriod'>;
  readonly telemetry: Telemetry;
}

/** A container on Fargate, in private subnets, replaced without a gap, and with no more rights than it is given. */
export class ContainerService extends Construct implements IConnectable {
  readonly cluster: Cluster;
  readonly service: FargateService;
  readonly taskRole: ManagedPolicyRole;
  readonly logGroup: ServiceLogGroup;
  readonly connections: Connections;
  private readonly taskDefinition: FargateTaskDefinition;
  private readonly container: ContainerDefinition;

  constructor(scope: Construct, id: string, props: ContainerServiceProps) {
    super(scope, id);
    this.logGroup = new ServiceLogGroup(this, 'Logs', { telemetry: props.telemetry });
    const assumedBy = new AccountServicePrincipal(this, 'ecs-tasks.amazonaws.com');
    this.taskRole = new ManagedPolicyRole(this, 'TaskRole', { assumedBy });
    const executionRole = new ManagedPolicyRole(this, 'ExecutionRole', { assumedBy });
    this.taskDefinition = new FargateTaskDefinition(this, 'TaskDefinition', {
      cpu: props.cpu,
      memoryLimitMiB: props.memoryLimit.toMebibytes(),
      // ARM64 costs a fifth less, but then an x86 machine needs emulation to build the image; see docs/architecture.md.
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      taskRole: this.taskRole,
      executionRole,
    });
    this.container = this.addContainer(props);
    this.mount('Scratch', props.scratchPath);
    this.cluster = this.addCluster(props);
    this.service = this.addService(props);
    this.connections = this.service.connections;
    // A task that starts before its roles have their policies fails (aws/aws-cdk#24880).
    this.service.node.addDependency(this.taskRole, executionRole);
    acknowledge(executionRole, {
      rule: 'IAMNoWildcardPermissions',
      awsSolutions: 'IAM5[Resource::*]',
      reason:
        'AWS gives ecr:GetAuthorizationToken no resource to name, only "*". Every other permission names its resource.',
    });
  }

  /** Mounts a volume of the task: the file system, or without one an empty directory that goes with the task. */
  mount(name: string, containerPath: string, efsVolumeConfiguration?: EfsVolumeConfiguration): void {
    this.taskDefinition.addVolume({ name, efsVolumeConfiguration });
    this.container.addMountPoints({ sourceVolume: name, containerPath, readOnly: false });
  }

  private addContainer({ image, containerPort, user, timing }: ContainerServiceProps): ContainerDefinition {
    // Fargate limits what may be added, not what may be dropped (KernelCapabilities in the ECS API reference).
    const linuxParameters = new LinuxParameters(this, 'LinuxParameters', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(Capability.ALL);
    return this.taskDefinition.addContainer('Container', {
      image,
      user,
      linuxParameters,
      readonlyRootFilesystem: true,
      portMappings: [{ containerPort }],
      stopTimeout: timing.stopTimeout,
      logging: LogDrivers.awsLogs({
        logGroup: this.logGroup,
        streamPrefix: 'task',
        // Blocking, the default, would stop the container when CloudWatch Logs cannot be reached.
        mode: AwsLogDriverMode.NON_BLOCKING,
        maxBufferSize: Size.mebibytes(4),
      }),
    });
  }

  private addCluster({ vpc, containerInsights }: ContainerServiceProps): Cluster {
    const cluster = new Cluster(this, 'Cluster', {
      vpc,
      containerInsightsV2: containerInsights ? ContainerInsights.ENABLED : ContainerInsights.DISABLED,
    });
    if (!containerInsights) {
      acknowledge(cluster, {
        rule: 'ECSClusterCloudWatchContainerInsights',
        awsSolutions: 'ECS4',
        reason:
          'Its metrics are billed one by one. The alarms and the dashboard use the free ones of ECS and the load balancer.',
      });
    }
    return cluster;
  }

  private addService({ vpc, timing }: ContainerServiceProps): FargateService {
    return new FargateService(this, 'Service', {
      cluster: this.cluster,
      taskDefinition: this.taskDefinition,
      platformVersion: FargatePlatformVersion.VERSION1_4, // the first with EFS
      vpcSubnets: { subnetGroupName: 'Private' },
      securityGroups: [
        new SecurityGroup(this, 'SecurityGroup', { vpc, description: 'Tasks', allowAllOutbound: false }),
      ],
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED,
      circuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriod: timing.healthCheckGracePeriod,
      enableECSManagedTags: true,
    });
  }
}
