import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ContainerService } from './container-service';
import { refuseUndefined } from './support/refuse-undefined';

export interface RollbackOnAlarmProps {
  readonly service: ContainerService;
  readonly alarms: readonly Alarm[];
}

/** Ends a service's rollout, and brings the version before it back, when one of these alarms goes off meanwhile. */
export class RollbackOnAlarm extends Construct {
  constructor(scope: Construct, id: string, props: RollbackOnAlarmProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    // Not by enableDeploymentAlarms(): it takes names alone, after which nothing makes the alarms before the service.
    props.service.cfnService.addPropertyOverride('DeploymentConfiguration.Alarms', {
      Enable: true,
      Rollback: true,
      AlarmNames: props.alarms.map(({ alarmName }) => alarmName),
    });
  }
}
