import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Telemetry } from '../telemetry';
import { acknowledge } from './acknowledge';

export interface ServiceLogGroupProps {
  readonly telemetry: Telemetry;
  /** @default a name that CloudFormation makes */
  readonly logGroupName?: string;
}

/** A log group that is kept as long as the stage says, and goes with the stack: a group left behind goes on billing. */
export class ServiceLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, { telemetry, logGroupName }: ServiceLogGroupProps) {
    const { logRetention, encryptionKey } = telemetry;
    super(scope, id, {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
      encryptionKey,
      logGroupName,
    });
    if (!encryptionKey) {
      acknowledge(this, {
        rule: 'CloudWatchLogGroupEncrypted',
        reason:
          'Encrypted at rest with the key that CloudWatch Logs owns. A customer managed key costs 1 USD a month and outlives the stack by its 7 days of pending deletion.',
      });
    }
  }
}
