/**
 * EC2 with an Auto Scaling group: the systemd unit of deploy/systemd on two machines behind a load balancer, with the
 * history on EFS. `npx cdk deploy --app "node --import tsx docs/examples/ec2.ts"`; docs/deployment-options.md has the rest.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  AdditionalHealthCheckType,
  AutoScalingGroup,
  HealthChecks,
  Signals,
  UpdatePolicy,
} from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, MachineImage, SecurityGroup, UserData } from 'aws-cdk-lib/aws-ec2';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ApplicationLoadBalancer, ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { keepsakeContainer } from '../../lib/keepsake-container';
import { Network } from '../../lib/network';
import { rolloutTiming } from '../../lib/rollout-timing';
import { SharedFileSystem } from '../../lib/shared-file-system';
import { Telemetry } from '../../lib/telemetry';

const root = join(__dirname, '../..');
const unit = readFileSync(join(root, 'deploy/systemd/keepsake.service'), 'utf8');

export class Ec2Stack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'Keepsake on EC2 with an Auto Scaling group' });
    const { port, healthPath, user, sharedPath } = keepsakeContainer;
    const timing = rolloutTiming(keepsakeContainer);
    const telemetry = new Telemetry(this, 'Telemetry', { logRetention: 7, customerManagedKey: false });
    // Packages come from the internet.
    const { vpc } = new Network(this, 'Network', { availabilityZones: 2, egress: 'nat', telemetry });
    const history = new SharedFileSystem(this, 'History', {
      vpc,
      path: '/history',
      owner: user,
      retain: false,
    });
    const { fileSystem } = history;
    const accessPoint = fileSystem.addAccessPoint('Machines', {
      path: '/history',
      posixUser: { uid: user, gid: user },
      createAcl: { ownerUid: user, ownerGid: user, permissions: '750' },
    });
    const image = new DockerImageAsset(this, 'Image', { directory: root, platform: Platform.LINUX_AMD64 });

    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      // A shell without SSH, keys or open ports: aws ssm start-session.
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    image.repository.grantPull(role);
    fileSystem.grantReadWrite(role);

    const registry = `${this.account}.dkr.ecr.${this.region}.amazonaws.com`;
    const userData = UserData.forLinux();
    userData.addCommands(
      'set -euo pipefail; export HOME=/root',
      'dnf install -y docker amazon-efs-utils amazon-ecr-credential-helper',
      `mkdir -p /root/.docker ${sharedPath}`,
      `echo '{"credHelpers":{"${registry}":"ecr-login"}}' > /root/.docker/config.json`,
      `echo '${fileSystem.fileSystemId}:/ ${sharedPath} efs _netdev,tls,iam,accesspoint=${accessPoint.accessPointId} 0 0' >> /etc/fstab`,
      `mount ${sharedPath}`,
      `printf 'KEEPSAKE_IMAGE=%s\\nKEEPSAKE_PUBLISH=${port}\\nKEEPSAKE_HISTORY=${sharedPath}\\n' '${image.imageUri}' > /etc/keepsake.env`,
      `cat > /etc/systemd/system/keepsake.service <<'UNIT'\n${unit}UNIT`,
      'systemctl daemon-reload',
      'systemctl enable --now docker',
      `docker pull --quiet ${image.imageUri}`,
      'systemctl enable --now keepsake',
      `curl --silent --fail --retry 60 --retry-delay 1 --retry-all-errors http://localhost:${port}${healthPath}`,
    );

    const machines = new SecurityGroup(this, 'Machines', { vpc, description: 'Machines' });
    const group = new AutoScalingGroup(this, 'Group', {
      vpc,
      vpcSubnets: { subnetGroupName: 'Private' },
      instanceType: new InstanceType('t3.micro'),
      machineImage: MachineImage.latestAmazonLinux2023({ cachedInContext: false }),
      securityGroup: machines,
      role,
      userData,
      requireImdsv2: true,
      minCapacity: 2,
      maxCapacity: 4,
      // A machine that fails the load balancer's checks is replaced; what takes longest is its first start.
      healthChecks: HealthChecks.withAdditionalChecks({
        additionalTypes: [AdditionalHealthCheckType.ELB],
        gracePeriod: Duration.minutes(5),
      }),
      // One machine after the other, each only when the one before has answered; else CloudFormation rolls back.
      signals: Signals.waitForMinCapacity({ timeout: Duration.minutes(10) }),
      updatePolicy: UpdatePolicy.rollingUpdate({ maxBatchSize: 1, minInstancesInService: 2 }),
    });
    userData.addSignalOnExitCommand(group);
    group.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
    group.node.addDependency(fileSystem.mountTargetsAvailable);
    fileSystem.connections.allowDefaultPortFrom(machines, 'Machines to the shared file system');

    const loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      vpcSubnets: { subnetGroupName: 'Public' },
      internetFacing: true,
      dropInvalidHeaderFields: true,
      idleTimeout: timing.idleTimeout,
    });
    loadBalancer.addListener('Http', { port: 80 }).addTargets('Machines', {
      port,
      protocol: ApplicationProtocol.HTTP,
      targets: [group],
      deregistrationDelay: timing.deregistrationDelay,
      healthCheck: {
        path: healthPath,
        interval: timing.healthCheckInterval,
        timeout: timing.healthCheckTimeout,
      },
    });
    new CfnOutput(this, 'Url', { value: `http://${loadBalancer.loadBalancerDnsName}` });
  }
}

if (require.main === module) new Ec2Stack(new App(), 'Keepsake-ec2');
