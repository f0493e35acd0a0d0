import { Stack } from 'aws-cdk-lib';
import {
  type AddToPrincipalPolicyResult,
  ManagedPolicy,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface ManagedPolicyRoleProps {
  /** The AWS service that assumes the role, such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;
}

/**
 * A role whose grants go into a managed policy.
 *
 * The CDK writes them inline, which three of the rule packs refuse: a managed policy has versions and can be reviewed
 * and audited on its own. The service may act for resources of this account only (the confused deputy problem).
 */
export class ManagedPolicyRole extends Role {
  private policy: ManagedPolicy | undefined;

  constructor(scope: Construct, id: string, { service }: ManagedPolicyRoleProps) {
    super(scope, id, {
      assumedBy: new ServicePrincipal(service, {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    });
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.policy ??= new ManagedPolicy(this, 'Policy', { roles: [this] });
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }
}
