import {
  type AddToPrincipalPolicyResult,
  type IPrincipal,
  ManagedPolicy,
  type PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { type Construct, DependencyGroup } from 'constructs';

export interface ManagedPolicyRoleProps {
  readonly assumedBy: IPrincipal;
}

/**
 * A role whose permissions go into a managed policy.
 *
 * The CDK writes them inline, which three of the rule packs refuse: a managed policy has versions and can be reviewed
 * and audited on its own.
 */
export class ManagedPolicyRole extends Role {
  /** For resources that must wait until the role has its permissions. */
  readonly permissions = new DependencyGroup();
  private policy: ManagedPolicy | undefined;

  constructor(scope: Construct, id: string, { assumedBy }: ManagedPolicyRoleProps) {
    super(scope, id, { assumedBy });
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    if (!this.policy) {
      this.policy = new ManagedPolicy(this, 'Policy', { roles: [this] });
      this.permissions.add(this.policy);
    }
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }
}
