import { Size, Token } from 'aws-cdk-lib';
import {
  AwsLogDriverMode,
  Capability,
  type ContainerDefinition,
  type ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { NetworkProps } from './network';
import type { RolloutTiming } from './rollout-timing';
import type { SharedFileSystem } from './shared-file-system';
import { refusedSize } from './support/fargate-sizes';
import { refuseRoot } from './support/refuse-root';
import { refuseUndefined } from './support/refuse-undefined';
import type { ServiceLogGroup } from './support/service-log-group';

export interface ContainerTaskProps {
  /** Built for x86-64. Where there is no egress, it comes from Amazon ECR. */
  readonly image: ContainerImage;
  readonly egress: NetworkProps['egress'];
  readonly containerPort: number;
  /** Numeric, and not 0. */
  readonly user: string;
  /** The one path that this container alone can write to, empty at each start. The image must declare it with `VOLUME`. */
  readonly scratchPath: string;
  readonly sharedFileSystem: SharedFileSystem;
  /** Where the container finds the shared file system. */
  readonly sharedPath: string;
  /** 1024 is one vCPU. */
  readonly cpu: number;
  readonly memoryLimit: Size;
  readonly timing: Pick<RolloutTiming, 'stopTimeout'>;
  readonly logGroup: ServiceLogGroup;
  readonly taskRole: IRole;
  readonly executionRole: IRole;
}

/** What one task runs: a container that can write to two paths and has no right that it was not given. */
export class ContainerTask extends FargateTaskDefinition {
  constructor(scope: Construct, id: string, props: ContainerTaskProps) {
    const where = `${scope.node.path}/${id}`;
    refuseUndefined(where, props);
    refuseRoot(where, 'user', props.user);
    const refused = refusedSize(props.cpu, props.memoryLimit.toMebibytes());
    if (refused) throw new Error(`${where}: ${refused}`);
    if (props.scratchPath === props.sharedPath)
      throw new Error(
        `${where}: scratchPath and sharedPath are both "${props.sharedPath}"; give them two paths`,
      );
    super(scope, id, {
      cpu: props.cpu,
      memoryLimitMiB: props.memoryLimit.toMebibytes(),
      // ARM64 costs a fifth less, but then an x86 machine needs emulation to build the image; see docs/architecture.md.
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      taskRole: props.taskRole,
      executionRole: props.executionRole,
    });
    const container = this.addHardened(props);
    refuseUnreachable(where, container, props.egress);
    this.addVolume({ name: 'Scratch' });
    this.addVolume({ name: 'Shared', efsVolumeConfiguration: props.sharedFileSystem.volume });
    container.addMountPoints(
      { sourceVolume: 'Scratch', containerPath: props.scratchPath, readOnly: false },
      { sourceVolume: 'Shared', containerPath: props.sharedPath, readOnly: false },
    );
    props.sharedFileSystem.grantReadWrite(props.taskRole);
  }

  private addHardened({ image, containerPort, user, timing, logGroup }: ContainerTaskProps) {
    // Fargate limits what may be added, not what may be dropped (KernelCapabilities in the ECS API reference).
    const linuxParameters = new LinuxParameters(this, 'LinuxParameters', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(Capability.ALL);
    return this.addContainer('Container', {
      image,
      user,
      linuxParameters,
      readonlyRootFilesystem: true,
      portMappings: [{ containerPort }],
      stopTimeout: timing.stopTimeout,
      logging: LogDrivers.awsLogs({
        logGroup,
        streamPrefix: 'task',
        // Blocking, the default, would stop the container when CloudWatch Logs cannot be reached.
        mode: AwsLogDriverMode.NON_BLOCKING,
        maxBufferSize: Size.mebibytes(4),
      }),
    });
  }
}

/** The name of an asset's image and of a repository's is a token; a literal name says where the image is. */
function refuseUnreachable(where: string, { imageName }: ContainerDefinition, egress: string): void {
  if (egress === 'nat' || Token.isUnresolved(imageName)) return;
  if (/^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com(\.cn)?\//.test(imageName)) return;
  throw new Error(
    `${where}: image "${imageName}" cannot be pulled with egress "${egress}"; copy it to Amazon ECR, or give egress "nat"`,
  );
}
