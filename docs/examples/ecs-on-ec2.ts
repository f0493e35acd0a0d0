/**
 * ECS on EC2: the image, the network, the file system and the load balancer of the chosen way, on machines of one's own.
 * `npx cdk deploy --app "node --import tsx docs/examples/ecs-on-ec2.ts"`; docs/deployment-options.md has the rest.
 */
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AsgCapacityProvider,
  Capability,
  Cluster,
  Ec2Service,
  Ec2TaskDefinition,
  EcsOptimizedImage,
  LinuxParameters,
  LogDrivers,
  NetworkMode,
} from 'aws-cdk-lib/aws-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { keepsakeContainer } from '../../lib/keepsake-container';
import { Network } from '../../lib/network';
import { PublicLoadBalancer } from '../../lib/public-load-balancer';
import { rolloutTiming } from '../../lib/rollout-timing';
import { SharedFileSystem } from '../../lib/shared-file-system';
import { imageOf } from '../../lib/support/image-of';
import { Telemetry } from '../../lib/telemetry';

export class EcsOnEc2Stack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'Keepsake with ECS on EC2' });
    const { port, healthPath, user, sharedPath, scratchPath } = keepsakeContainer;
    const timing = rolloutTiming(keepsakeContainer);
    const telemetry = new Telemetry(this, 'Telemetry', { logRetention: 7, customerManagedKey: false });
    // The agent on each machine talks to ECS: three more endpoints in each zone, or NAT.
    const { vpc } = new Network(this, 'Network', { availabilityZones: 2, egress: 'nat', telemetry });
    const { fileSystem } = new SharedFileSystem(this, 'History', {
      vpc,
      path: '/history',
      owner: user,
      retain: false,
    });
    const { accessPointId } = fileSystem.addAccessPoint('Tasks', {
      path: '/history',
      posixUser: { uid: user, gid: user },
      createAcl: { ownerUid: user, ownerGid: user, permissions: '750' },
    });
    const entrance = new PublicLoadBalancer(this, 'LoadBalancer', {
      vpc,
      targetPort: port,
      healthCheckPath: healthPath,
      timing,
      deletionProtection: false,
      accessLogs: false,
      firewall: false,
      telemetry,
    });

    const cluster = new Cluster(this, 'Cluster', { vpc });
    const machines = new AutoScalingGroup(this, 'Machines', {
      vpc,
      vpcSubnets: { subnetGroupName: 'Private' },
      // Each task has a network interface. A t3.micro has one left for tasks, which leaves no room for a rollout.
      instanceType: new InstanceType('t3.small'),
      machineImage: EcsOptimizedImage.amazonLinux2023(),
      requireImdsv2: true,
      minCapacity: 2,
      maxCapacity: 4,
    });
    const capacity = new AsgCapacityProvider(this, 'Capacity', {
      autoScalingGroup: machines,
      enableManagedDraining: true, // by ECS; else by a Lambda function, whose log group stays behind
      enableManagedTerminationProtection: false, // it would keep the stack from being destroyed
    });
    cluster.addAsgCapacityProvider(capacity);

    const task = new Ec2TaskDefinition(this, 'TaskDefinition', { networkMode: NetworkMode.AWS_VPC });
    fileSystem.grantReadWrite(task.taskRole);
    const linuxParameters = new LinuxParameters(this, 'LinuxParameters', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(Capability.ALL);
    const container = task.addContainer('Container', {
      image: imageOf(join(__dirname, '../..')),
      user,
      linuxParameters,
      readonlyRootFilesystem: true,
      cpu: 256,
      memoryLimitMiB: 512,
      portMappings: [{ containerPort: port }],
      stopTimeout: timing.stopTimeout,
      logging: LogDrivers.awsLogs({ streamPrefix: 'task', logRetention: RetentionDays.ONE_WEEK }),
    });
    task.addVolume({ name: 'Scratch' });
    container.addMountPoints({ sourceVolume: 'Scratch', containerPath: scratchPath, readOnly: false });
    task.addVolume({
      name: 'Shared',
      efsVolumeConfiguration: {
        fileSystemId: fileSystem.fileSystemId,
        transitEncryption: 'ENABLED',
        authorizationConfig: { accessPointId, iam: 'ENABLED' },
      },
    });
    container.addMountPoints({ sourceVolume: 'Shared', containerPath: sharedPath, readOnly: false });

    const service = new Ec2Service(this, 'Service', {
      cluster,
      taskDefinition: task,
      capacityProviderStrategies: [{ capacityProvider: capacity.capacityProviderName, weight: 1 }],
      vpcSubnets: { subnetGroupName: 'Private' },
      securityGroups: [new SecurityGroup(this, 'TaskSecurityGroup', { vpc, description: 'Tasks' })],
      desiredCount: 2,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriod: timing.healthCheckGracePeriod,
    });
    service.attachToApplicationTargetGroup(entrance.targetGroup);
    fileSystem.connections.allowDefaultPortFrom(service, 'Tasks to the shared file system');
    service.node.addDependency(fileSystem.mountTargetsAvailable);
    new CfnOutput(this, 'Url', { value: entrance.url });
  }
}

if (require.main === module) new EcsOnEc2Stack(new App(), 'Keepsake-ecs-on-ec2');
