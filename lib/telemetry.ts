import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AccountServicePrincipal } from './support/account-service-principal';
import { refuseUndefined } from './support/refuse-undefined';

export interface TelemetryProps {
  readonly logRetention: RetentionDays;
  /** Encrypt with a key in this account (1 USD a month) instead of the one that AWS owns. */
  readonly customerManagedKey: boolean;
}

/** How long logs are kept, and the key that encrypts them and the alarm messages. */
export class Telemetry extends Construct {
  readonly logRetention: RetentionDays;
  readonly encryptionKey?: IKey;

  constructor(scope: Construct, id: string, props: TelemetryProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    const { logRetention, customerManagedKey } = props;
    this.logRetention = logRetention;
    if (customerManagedKey) this.encryptionKey = telemetryKey(this);
  }
}

function telemetryKey(scope: Construct): Key {
  const { account, region, partition } = Stack.of(scope);
  const key = new Key(scope, 'Key', {
    description: 'Encrypts logs and alarm messages',
    enableKeyRotation: true,
    // What it encrypts goes with the stack. A key that waits for its deletion costs nothing.
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:DescribeKey',
      ],
      resources: ['*'], // in a key policy: this key
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*`,
        },
      },
    }),
  );
  // An alarm cannot publish to a topic under the AWS managed key: its policy does not name CloudWatch.
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new AccountServicePrincipal(scope, 'cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
    }),
  );
  // Without a condition: aws:SourceAccount is not supported between EventBridge and an encrypted topic (Amazon SNS Developer
  // Guide, key management). What it may publish is up to the topic's policy.
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
    }),
  );
  return key;
}
