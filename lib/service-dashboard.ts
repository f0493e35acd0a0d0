import { AlarmStatusWidget, Dashboard, GraphWidget, LogQueryWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ApplicationLoadBalancer,
  type ApplicationTargetGroup,
  HttpCodeElb,
  HttpCodeTarget,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { ContainerService } from './container-service';
import type { ServiceAlarms } from './service-alarms';
import { refuseUndefined } from './support/refuse-undefined';

export interface ServiceDashboardProps {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targetGroup: ApplicationTargetGroup;
  readonly service: ContainerService;
  readonly alarms: ServiceAlarms;
  /** The lines of the CloudWatch Logs Insights query that finds warnings and errors. */
  readonly logQuery: readonly string[];
}

/** One page that answers: is it up, is it fast, is it full, and what does it complain about? */
export class ServiceDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    const { loadBalancer, targetGroup, service, alarms, logQuery } = props;
    const { metrics } = targetGroup;
    const { fargateService } = service;
    const half = { width: 12, height: 6 };
    this.dashboard = new Dashboard(this, 'Dashboard', {
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.alarms, width: 24, height: 3 })],
        [
          new GraphWidget({
            ...half,
            title: 'Requests and errors',
            left: [loadBalancer.metrics.requestCount()],
            right: [
              metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
              loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT),
            ],
          }),
          new GraphWidget({
            ...half,
            title: 'Response time',
            left: [Stats.p(50), Stats.p(99)].map((statistic) => metrics.targetResponseTime({ statistic })),
          }),
        ],
        [
          new GraphWidget({
            ...half,
            title: 'Tasks',
            left: [
              metrics.healthyHostCount({ statistic: Stats.MINIMUM }),
              metrics.unhealthyHostCount({ statistic: Stats.MAXIMUM }),
            ],
          }),
          new GraphWidget({
            ...half,
            title: 'CPU and memory of the tasks',
            left: [fargateService.metricCpuUtilization(), fargateService.metricMemoryUtilization()],
          }),
        ],
        [
          new LogQueryWidget({
            title: 'Warnings and errors',
            logGroupNames: [service.logGroup.logGroupName],
            queryLines: [...logQuery],
            width: 24,
            height: 6,
          }),
        ],
      ],
    });
  }
}
