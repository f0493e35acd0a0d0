import { join } from 'node:path';
import { Size, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic';
import { ContainerService } from './container-service';
import { FailureNotices } from './failure-notices';
import { keepsakeContainer } from './keepsake-container';
import { Network } from './network';
import { PublicLoadBalancer } from './public-load-balancer';
import { RollbackOnAlarm } from './rollback-on-alarm';
import { rolloutTiming } from './rollout-timing';
import { ServiceAlarms } from './service-alarms';
import { ServiceDashboard } from './service-dashboard';
import { ServiceScaling } from './service-scaling';
import type { Stage } from './settings/stage-settings';
import { SharedFileSystem } from './shared-file-system';
import { addOutputs } from './support/add-outputs';
import { imageOf } from './support/image-of';
import { Telemetry } from './telemetry';

/**
 * Keepsake on AWS: containers on Fargate behind a load balancer, with a history that they share on EFS.
 *
 * The ids of constructs cannot be changed later: CloudFormation would delete the history and make an empty one.
 */
export class KeepsakeStack extends Stack {
  constructor(scope: Construct, id: string, { stage, settings }: Stage) {
    super(scope, id, {
      description: `Keepsake, stage ${stage}`,
      terminationProtection: settings.deletionProtection,
      tags: { project: 'keepsake', stage },
    });
    const { port, healthPath, user, scratchPath, sharedPath, storageErrors } = keepsakeContainer;

    const timing = rolloutTiming(keepsakeContainer);

    const telemetry = new Telemetry(this, 'Telemetry', {
      logRetention: settings.logRetentionDays,
      customerManagedKey: settings.customerManagedKey,
    });

    const network = new Network(this, 'Network', {
      availabilityZones: settings.availabilityZones,
      egress: settings.egress,
      telemetry,
    });

    const history = new SharedFileSystem(this, 'History', {
      vpc: network.vpc,
      path: '/history',
      owner: user,
      retain: settings.retainHistory,
    });

    const publicLoadBalancer = new PublicLoadBalancer(this, 'LoadBalancer', {
      vpc: network.vpc,
      targetPort: port,
      healthCheckPath: healthPath,
      timing,
      domainName: settings.domainName,
      hostedZoneId: settings.hostedZoneId,
      deletionProtection: settings.deletionProtection,
      accessLogs: settings.accessLogs,
      firewall: settings.firewall,
      firewallCountOnly: keepsakeContainer.ownSizeLimits,
      telemetry,
    });
    const { loadBalancer, targetGroup } = publicLoadBalancer;

    const service = new ContainerService(this, 'Service', {
      network,
      loadBalancer: publicLoadBalancer,
      sharedFileSystem: history,
      sharedPath,
      scratchPath,
      image: imageOf(join(__dirname, '..')),
      containerPort: port,
      user,
      cpu: settings.cpu,
      memoryLimit: Size.mebibytes(settings.memoryMiB),
      containerInsights: settings.containerInsights,
      timing,
      telemetry,
    });

    new ServiceScaling(this, 'Scaling', {
      service,
      targetGroup,
      minTasks: settings.minTasks,
      maxTasks: settings.maxTasks,
      requestsPerTarget: 6000,
    });

    const runbook = 'docs/operations.md';
    const topic = new AlarmTopic(this, 'AlarmTopic', { email: settings.alarmEmail, telemetry });
    const alarms = new ServiceAlarms(this, 'Alarms', {
      loadBalancer,
      targetGroup,
      service,
      minTasks: settings.minTasks,
      storageErrors,
      runbook,
      topic,
    });

    // These two can be caused by a new version, and clear when the old one is back.
    new RollbackOnAlarm(this, 'Rollback', { service, alarms: [alarms.serverErrors, alarms.unhealthyTasks] });

    new FailureNotices(this, 'FailureNotices', { service, fileSystem: history.fileSystem, runbook, topic });

    const { dashboard } = new ServiceDashboard(this, 'Dashboard', {
      loadBalancer,
      targetGroup,
      service,
      alarms,
      logQuery: keepsakeContainer.warnings,
    });

    addOutputs(this, {
      Url: publicLoadBalancer.url,
      DashboardName: dashboard.dashboardName,
      ClusterName: service.cluster.clusterName,
      ServiceName: service.fargateService.serviceName,
      LogGroupName: service.logGroup.logGroupName,
      FileSystemId: history.fileSystem.fileSystemId,
    });
  }
}
