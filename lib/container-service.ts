import { CfnResource } from 'aws-cdk-lib';
import {
  CfnSecurityGroup,
  CfnSubnet,
  type Connections,
  type IConnectable,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import {
  AvailabilityZoneRebalancing,
  type CfnService,
  Cluster,
  ContainerInsights,
  FargatePlatformVersion,
  FargateService,
  PropagatedTagSource,
} from 'aws-cdk-lib/aws-ecs';
import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct, type IConstruct } from 'constructs';
import { ContainerTask, type ContainerTaskProps } from './container-task';
import type { Network } from './network';
import type { PublicLoadBalancer } from './public-load-balancer';
import type { RolloutTiming } from './rollout-timing';
import { AccountServicePrincipal } from './support/account-service-principal';
import { acknowledge } from './support/acknowledge';
import { ManagedPolicyRole } from './support/managed-policy-role';
import { refuseUndefined } from './support/refuse-undefined';
import { ServiceLogGroup } from './support/service-log-group';
import type { Telemetry } from './telemetry';

export interface ContainerServiceProps
  extends Omit<ContainerTaskProps, 'egress' | 'logGroup' | 'taskRole' | 'executionRole'> {
  readonly network: Network;
  /** Sends the containers their requests. */
  readonly loadBalancer: PublicLoadBalancer;
  readonly containerInsights: boolean;
  readonly timing: Pick<RolloutTiming, 'stopTimeout' | 'healthCheckGracePeriod'>;
  readonly telemetry: Telemetry;
}

/** A container on Fargate, in private subnets, replaced without a gap, and with no more rights than it is given. */
export class ContainerService extends Construct implements IConnectable {
  readonly cluster: Cluster;
  readonly fargateService: FargateService;
  /** For the properties of `fargateService` that the CDK has no other way to set. */
  readonly cfnService: CfnService;
  readonly taskRole: ManagedPolicyRole;
  readonly logGroup: ServiceLogGroup;
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: ContainerServiceProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    const { network, loadBalancer, sharedFileSystem, telemetry } = props;
    this.logGroup = new ServiceLogGroup(this, 'Logs', { telemetry });
    const assumedBy = new AccountServicePrincipal(this, 'ecs-tasks.amazonaws.com');
    this.taskRole = new ManagedPolicyRole(this, 'TaskRole', { assumedBy });
    const executionRole = new ManagedPolicyRole(this, 'ExecutionRole', { assumedBy });
    const taskDefinition = new ContainerTask(this, 'TaskDefinition', {
      ...props,
      egress: network.egress,
      logGroup: this.logGroup,
      taskRole: this.taskRole,
      executionRole,
    });
    this.cluster = this.addCluster(props);
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: 'Tasks',
      allowAllOutbound: false,
    });
    this.fargateService = this.addService(props, taskDefinition, securityGroup);
    this.cfnService = this.fargateService.node.defaultChild as CfnService;
    // A version that does not start fails after three tasks. By default that is half the desired count, at least three, and
    // one task that was healthy for a moment sets the count back to none.
    this.cfnService.addPropertyOverride('DeploymentConfiguration.DeploymentCircuitBreaker', {
      ThresholdConfiguration: { Type: 'COUNT', Value: 3 },
      ResetOnHealthyTask: false,
    });
    // A scale-out on CPU starts 86 s after the load instead of 363 s, for about 1 USD a month (AWS News Blog, 18 June 2026).
    this.cfnService.monitoring = {
      metricConfigurations: [{ metricNames: ['CPUUtilization'], resolutionSeconds: 20 }],
    };
    this.connections = this.fargateService.connections;
    network.allowFrom(this);
    sharedFileSystem.connections.allowDefaultPortFrom(this, 'Tasks to the shared file system');
    this.fargateService.attachToApplicationTargetGroup(loadBalancer.targetGroup);
    this.startAfter(network, loadBalancer, sharedFileSystem, securityGroup, this.taskRole, executionRole);
    acknowledge(executionRole, {
      rule: 'IAMNoWildcardPermissions',
      awsSolutions: 'IAM5[Resource::*]',
      reason:
        'AWS gives ecr:GetAuthorizationToken no resource to name, only "*". Every other permission names its resource.',
    });
  }

  /**
   * ECS starts tasks at once. They fail before there are routes, endpoints, security group rules, mount targets ("Failed to
   * resolve fs-….efs") and the policies of their roles (aws/aws-cdk#21348, #24880).
   */
  private startAfter(...needed: IConstruct[]): void {
    for (const resource of needed.flatMap(({ node }) => node.findAll())) {
      // The service refers to these, or to what refers to them: they are made before it anyway (cfn-lint W3005).
      if ([CfnSubnet, CfnSecurityGroup, CfnTargetGroup].some((type) => resource instanceof type)) continue;
      if (resource instanceof CfnResource) this.cfnService.addResourceDependency(resource);
    }
  }

  private addCluster({ network, containerInsights }: ContainerServiceProps): Cluster {
    const cluster = new Cluster(this, 'Cluster', {
      vpc: network.vpc,
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

  private addService(
    { timing }: ContainerServiceProps,
    taskDefinition: ContainerTask,
    securityGroup: SecurityGroup,
  ): FargateService {
    // Cannot be changed later: the launch type and the deployment controller. Another one makes a new service.
    return new FargateService(this, 'Service', {
      cluster: this.cluster,
      taskDefinition,
      platformVersion: FargatePlatformVersion.VERSION1_4, // the first with EFS
      vpcSubnets: { subnetGroupName: 'Private' },
      securityGroups: [securityGroup],
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED,
      circuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriod: timing.healthCheckGracePeriod,
      enableECSManagedTags: true,
      propagateTags: PropagatedTagSource.SERVICE,
    });
  }
}
