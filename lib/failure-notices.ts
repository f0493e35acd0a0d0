import { Stack } from 'aws-cdk-lib';
import type { IFileSystem } from 'aws-cdk-lib/aws-efs';
import { EventField, type EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ContainerService } from './container-service';
import { refuseUndefined } from './support/refuse-undefined';

export interface FailureNoticesProps {
  readonly service: ContainerService;
  readonly fileSystem: IFileSystem;
  /** The page that says what to do. Each rule's id is a heading on it. */
  readonly runbook: string;
  readonly topic: ITopic;
}

/** Tells of failures that no metric shows: a deployment that was given up, and a backup that was not made. */
export class FailureNotices extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: FailureNoticesProps,
  ) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    const { service, fileSystem } = props;
    this.notice('FailedDeployment', `ECS gave a deployment up: ${EventField.fromPath('$.detail.reason')}`, {
      source: ['aws.ecs'],
      detailType: ['ECS Deployment State Change'],
      resources: [service.fargateService.serviceArn],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    });
    this.notice('FailedBackup', `A backup ended as ${EventField.fromPath('$.detail.state')}`, {
      source: ['aws.backup'],
      detailType: ['Backup Job State Change'],
      detail: { state: ['FAILED', 'ABORTED', 'EXPIRED'], resourceArn: [fileSystem.fileSystemArn] },
    });
  }

  private notice(id: string, what: string, eventPattern: EventPattern): void {
    const { runbook, topic } = this.props;
    const message = `${Stack.of(this).stackName}: ${what}. See ${runbook}#${id.toLowerCase()}`;
    // The topic's policy lets EventBridge in. With a role, it would fail at an encrypted topic ("Using resource-based policies
    // for Amazon EventBridge").
    const target = new SnsTopic(topic, { message: RuleTargetInput.fromText(message) });
    new Rule(this, id, { eventPattern, targets: [target] });
  }
}
