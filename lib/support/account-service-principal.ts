import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * An AWS service, as far as it acts for a resource of this account.
 *
 * Without the condition the service could be made to use a role or a topic for somebody else ("The confused deputy
 * problem" in the IAM User Guide).
 */
export class AccountServicePrincipal extends ServicePrincipal {
  constructor(scope: IConstruct, service: string) {
    super(service, { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } } });
  }
}
