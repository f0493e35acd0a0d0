import { Stack } from 'aws-cdk-lib';
import { type IOidcProvider, PolicyStatement, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ManagedPolicyRole } from '../support/managed-policy-role';
import { refuseUndefined } from '../support/refuse-undefined';

/** A role that `cdk bootstrap` made. */
export type BootstrapRole = 'deploy' | 'file-publishing' | 'image-publishing' | 'lookup';

export interface GithubRoleProps {
  readonly provider: IOidcProvider;
  /** Who may assume the role: each `sub` that GitHub may give to the workflow run, in full. */
  readonly subjects: readonly string[];
  readonly bootstrapRoles: readonly BootstrapRole[];
}

/** A role for a GitHub workflow, without keys, that can do nothing but assume roles of the CDK's bootstrap stack. */
export class GithubRole extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props); // without subjects, every repository on GitHub would be trusted
    const { provider, subjects, bootstrapRoles } = props;
    const role = new ManagedPolicyRole(this, 'Role', {
      assumedBy: new WebIdentityPrincipal(provider.oidcProviderArn, {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': subjects,
        },
      }),
    });
    const { partition, account, region } = Stack.of(this);
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        // hnb659fds is the qualifier of every bootstrap stack that was not given another.
        resources: bootstrapRoles.map(
          (name) => `arn:${partition}:iam::${account}:role/cdk-hnb659fds-${name}-role-${account}-${region}`,
        ),
      }),
    );
    this.roleArn = role.roleArn;
  }
}
