import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { AccountServicePrincipal } from './support/account-service-principal';
import { acknowledge } from './support/acknowledge';
import { refuseUndefined } from './support/refuse-undefined';
import type { Telemetry } from './telemetry';

export interface AlarmTopicProps {
  /** AWS asks this address for its consent. @default nobody is subscribed */
  readonly email?: string;
  readonly telemetry: Telemetry;
}

/** Where alarms go. It exists without an address too, so that one can subscribe by hand without a deployment. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    refuseUndefined(`${scope.node.path}/${id}`, props, ['email']);
    const { email, telemetry } = props;
    const { encryptionKey } = telemetry;
    super(scope, id, { enforceSSL: true, masterKey: encryptionKey });
    // A topic with a policy of its own loses the default one, which let alarms of the account in.
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new AccountServicePrincipal(this, 'cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
      }),
    );
    if (email) this.addSubscription(new EmailSubscription(email));
    if (!encryptionKey) {
      acknowledge(this, {
        rule: 'SNSEncryptedKMS',
        reason:
          'Alarm messages hold the names of metrics and no data. An alarm can publish to an encrypted topic only under a customer managed key, which the setting `customerManagedKey` adds.',
      });
    }
  }
}
