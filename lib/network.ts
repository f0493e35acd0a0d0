import { Fn, Stack } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  type IConnectable,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccountServicePrincipal } from './support/account-service-principal';
import { acknowledge } from './support/acknowledge';
import { ManagedPolicyRole } from './support/managed-policy-role';
import { refuseUndefined } from './support/refuse-undefined';
import { ServiceLogGroup } from './support/service-log-group';
import type { Telemetry } from './telemetry';

export interface NetworkProps {
  readonly availabilityZones: number;
  /**
   * How private subnets reach what is outside the VPC.
   *
   * - `none`: AWS's container registry and logs through endpoints, and nothing else
   * - `nat`: the internet, through one NAT gateway in each zone
   */
  readonly egress: 'none' | 'nat';
  readonly telemetry: Telemetry;
}

/** A VPC with a public and a private subnet in each zone, and what private subnets need to start containers. */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly egress: NetworkProps['egress'];
  private readonly endpoints: InterfaceVpcEndpoint[] = [];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    const { availabilityZones, egress, telemetry } = props;
    this.egress = egress;
    const isolated = egress === 'none';
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.0.0.0/16'),
      // Fn::GetAZs, because the stack is not bound to an account: maxAzs would then stop at two.
      availabilityZones: Array.from({ length: availabilityZones }, (_, index) =>
        Fn.select(index, Fn.getAzs()),
      ),
      natGateways: isolated ? 0 : availabilityZones,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        {
          name: 'Private',
          subnetType: isolated ? SubnetType.PRIVATE_ISOLATED : SubnetType.PRIVATE_WITH_EGRESS,
          cidrMask: 20, // every task takes an address: 4,091 in each zone
        },
      ],
      // It takes a Lambda function, whose log group stays behind when the stack goes (aws/aws-cdk#26553).
      restrictDefaultSecurityGroup: false,
    });
    this.recordFlows(telemetry);
    if (isolated) this.addEndpoints();
    acknowledge(this.vpc, {
      rule: 'VPCDefaultSecurityGroupClosed',
      reason:
        'Nothing uses the default security group, a test holds every network interface to a group of its own. Closing it takes a Lambda function with the right to change security groups, which is the larger risk.',
    });
    acknowledge(this.vpc, {
      rule: 'VPCNoUnrestrictedRouteToIGW',
      reason:
        'The public subnets hold the internet-facing load balancer alone, which must answer any address. Tasks and the file system are in private subnets without a route to the internet gateway.',
    });
  }

  /** Lets tasks in the private subnets pull their image and write their logs. */
  allowFrom(tasks: IConnectable): void {
    for (const endpoint of this.endpoints) {
      endpoint.connections.allowDefaultPortFrom(tasks, 'Tasks to the container registry and logs');
    }
    // Image layers come from S3, which a gateway endpoint reaches under S3's public addresses. Its prefix list has
    // another id in each Region, which a template cannot look up: what limits this rule is the route table, where
    // S3 is the only destination outside the VPC, and the endpoint's policy. With `nat` it is the internet, over TLS.
    tasks.connections.allowTo(Peer.anyIpv4(), Port.HTTPS, 'Image layers from S3');
  }

  private recordFlows(telemetry: Telemetry): void {
    const logGroup = new ServiceLogGroup(this, 'FlowLogs', { telemetry });
    const role = new ManagedPolicyRole(this, 'FlowLogsRole', {
      assumedBy: new AccountServicePrincipal(this, 'vpc-flow-logs.amazonaws.com'),
    });
    this.vpc.addFlowLog('Flow', { destination: FlowLogDestination.toCloudWatchLogs(logGroup, role) });
  }

  private addEndpoints(): void {
    const securityGroup = new SecurityGroup(this, 'EndpointSecurityGroup', {
      vpc: this.vpc,
      description: 'VPC endpoints for the container registry and logs',
      allowAllOutbound: false,
    });
    const add = (id: string, service: InterfaceVpcEndpointAwsService, actions: string[]) => {
      const props = { vpc: this.vpc, service, open: false, securityGroups: [securityGroup] };
      const endpoint = new InterfaceVpcEndpoint(this, id, props);
      endpoint.addToPolicy(this.ofThisAccount(actions));
      this.endpoints.push(endpoint);
    };
    const pull = [
      'ecr:GetAuthorizationToken',
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
    ];
    add('RegistryApi', InterfaceVpcEndpointAwsService.ECR, pull);
    add('Registry', InterfaceVpcEndpointAwsService.ECR_DOCKER, pull);
    const write = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    add('Logs', InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS, write);
    // The least that ECR needs ("Minimum Amazon S3 Bucket Permissions for Amazon ECR"): no other bucket, so
    // nothing can be carried out of the VPC through S3.
    const { partition, region } = Stack.of(this);
    const s3 = this.vpc.addGatewayEndpoint('ImageLayers', { service: GatewayVpcEndpointAwsService.S3 });
    s3.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`],
      }),
    );
  }

  /** Whoever gets into a task cannot carry data out with keys of another account. */
  private ofThisAccount(actions: string[]): PolicyStatement {
    const { account } = Stack.of(this);
    return new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions,
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': account } },
    });
  }
}
