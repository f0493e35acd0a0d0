import { join } from 'node:path';
import { Size, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic';
import { ContainerService } from './container-service';
import { keepsakeContainer } from './keepsake-container';
import { Network } from './network';
import { PublicLoadBalancer } from './public-load-balancer';
import { rolloutTiming } from './rollout-timing';
import { ServiceAlarms } from './service-alarms';
import { ServiceDashboard } from './service-dashboard';
import { ServiceScaling } from './service-scaling';
import type { StageSettings } from './settings/stage-settings';
import { SharedFileSystem } from './shared-file-system';
import { addOutputs } from './support/add-outputs';
import { imageOf } from './support/image-of';
import { Telemetry } from './telemetry';

export interface KeepsakeStackProps {
  readonly stage: string;
  readonly settings: StageSettings;
}

/** Keepsake on AWS: containers on Fargate behind a load balancer, with a history that they share on EFS. */
export class KeepsakeStack extends Stack {
  constructor(scope: Construct, id: string, { stage, settings }: KeepsakeStackProps) {
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
    const { vpc } = network;

    const history = new SharedFileSystem(this, 'History', {
      vpc,
      path: '/history',
      owner: user,
      retain: settings.retainHistory,
    });

    const entrance = new PublicLoadBalancer(this, 'LoadBalancer', {
      vpc,
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
    const { loadBalancer, targetGroup } = entrance;

    const service = new ContainerService(this, 'Service', {
      vpc,
      image: imageOf(join(__dirname, '..')),
      containerPort: port,
      user,
      scratchPath,
      cpu: settings.cpu,
      memoryLimit: Size.mebibytes(settings.memoryMiB),
      containerInsights: settings.containerInsights,
      timing,
      telemetry,
    });
    network.allowFrom(service);
    history.mountInto(service, sharedPath);
    entrance.forwardTo(service);

    new ServiceScaling(this, 'Scaling', {
      service,
      targetGroup,
      minTasks: settings.minTasks,
      maxTasks: settings.maxTasks,
      requestsPerTarget: 6000,
    });

    const topic = new AlarmTopic(this, 'AlarmTopic', { email: settings.alarmEmail, telemetry });
    const alarms = new ServiceAlarms(this, 'Alarms', {
      loadBalancer,
      targetGroup,
      service,
      minTasks: settings.minTasks,
      storageErrors,
      runbook: 'docs/operations.md',
      topic,
    });
    const { dashboard } = new ServiceDashboard(this, 'Dashboard', {
      loadBalancer,
      targetGroup,
      service,
      alarms,
      logQuery: keepsakeContainer.warnings,
    });

    addOutputs(this, {
      Url: entrance.url,
      DashboardName: dashboard.dashboardName,
      ClusterName: service.cluster.clusterName,
      ServiceName: service.service.serviceName,
      LogGroupName: service.logGroup.logGroupName,
      FileSystemId: history.fileSystem.fileSystemId,
    });
  }
}
