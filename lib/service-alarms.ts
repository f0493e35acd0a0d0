import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type CreateAlarmOptions,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import {
  type ApplicationLoadBalancer,
  type ApplicationTargetGroup,
  HttpCodeElb,
  HttpCodeTarget,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IFilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ContainerService } from './container-service';
import { refuseUndefined } from './support/refuse-undefined';

export interface ServiceAlarmsProps {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targetGroup: ApplicationTargetGroup;
  readonly service: ContainerService;
  readonly minTasks: number;
  /** The log lines that say that the shared storage cannot be used. */
  readonly storageErrors: IFilterPattern;
  /** The page that says what to do. Each alarm's id is a heading on it, to which the alarm's description points. */
  readonly runbook: string;
  readonly topic: ITopic;
}

/** What is looked at one by one. The CDK's metrics take five of them together unless they are told. */
const period = Duration.minutes(1);

/** What must wake somebody, and where it says what to do then. */
export class ServiceAlarms extends Construct {
  readonly alarms: Alarm[] = [];
  readonly serverErrors: Alarm;
  readonly unhealthyTasks: Alarm;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceAlarmsProps,
  ) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    const { targetGroup, minTasks } = props;
    this.serverErrors = this.alarm('ServerErrors', this.errorPercentage(), {
      alarmDescription: 'More than 1 % of the requests are answered with a 5xx status',
      threshold: 1,
    });
    this.alarm('SlowResponses', targetGroup.metrics.targetResponseTime({ statistic: Stats.p(99), period }), {
      alarmDescription: 'One request in a hundred takes more than a second',
      threshold: 1,
    });
    this.unhealthyTasks = this.alarm(
      'UnhealthyTasks',
      targetGroup.metrics.unhealthyHostCount({ statistic: Stats.MAXIMUM, period }),
      {
        alarmDescription: 'A task fails its health check',
        threshold: 0,
      },
    );
    this.alarm('TooFewTasks', targetGroup.metrics.healthyHostCount({ statistic: Stats.MINIMUM, period }), {
      alarmDescription: `Fewer than ${minTasks} tasks can take requests`,
      threshold: minTasks,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
    this.alarm('StorageErrors', this.storageErrorCount(), {
      alarmDescription: 'Containers cannot use the shared storage',
      threshold: 0,
    });
  }

  /** Alarms in three of five minutes, so that one bad minute wakes nobody. */
  private alarm(
    id: string,
    metric: IMetric,
    { alarmDescription, ...options }: Partial<CreateAlarmOptions> & { threshold: number },
  ): Alarm {
    const { runbook, topic } = this.props;
    const alarm = new Alarm(this, id, {
      alarmName: `${Stack.of(this).stackName}-${id}`,
      // It is in the message, and all that is known to whoever it wakes. The anchor is the heading as GitHub links it.
      alarmDescription: `${alarmDescription}. See ${runbook}#${id.toLowerCase()}`,
      metric,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...options,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
    this.alarms.push(alarm);
    return alarm;
  }

  /** Requests that found no target are errors of the load balancer and not among its requests: then it is 100 %. */
  private errorPercentage(): IMetric {
    const { loadBalancer, targetGroup } = this.props;
    return new MathExpression({
      label: '5xx in percent of all requests',
      expression: '100 * (FILL(target, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))',
      usingMetrics: {
        target: targetGroup.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
        balancer: loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT),
        requests: loadBalancer.metrics.requestCount(),
      },
      period,
    });
  }

  private storageErrorCount(): IMetric {
    const { service, storageErrors } = this.props;
    const filter = new MetricFilter(this, 'StorageErrorLines', {
      logGroup: service.logGroup,
      filterPattern: storageErrors,
      metricNamespace: this.node.path,
      metricName: 'StorageErrors',
    });
    return filter.metric({ statistic: Stats.SUM, period });
  }
}
