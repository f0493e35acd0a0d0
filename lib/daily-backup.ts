import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { FileSystem } from 'aws-cdk-lib/aws-efs';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccountServicePrincipal } from './support/account-service-principal';
import { acknowledge } from './support/acknowledge';
import { ManagedPolicyRole } from './support/managed-policy-role';
import { refuseUndefined } from './support/refuse-undefined';

export interface DailyBackupProps {
  readonly fileSystem: FileSystem;
  /** @default 35 days, as EFS's own automatic backups have it */
  readonly deleteAfter?: Duration;
}

/**
 * A backup of a file system every night, in a vault of its own that outlives the stack.
 *
 * This resource is stateful: the vault holds what is left when the file system is lost.
 */
export class DailyBackup extends Construct {
  constructor(scope: Construct, id: string, props: DailyBackupProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props, ['deleteAfter']);
    const { fileSystem, deleteAfter = Duration.days(35) } = props;
    const { stackId, stackName } = Stack.of(this);
    // A retained vault keeps its name, so the next stack of this name needs another: the stack's id ends in a GUID.
    const incarnation = Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', stackId))));
    // Cannot be changed later: the vault's key, which is the AWS managed one. Another one makes a new, empty vault.
    const backupVault = new BackupVault(this, 'Vault', {
      backupVaultName: `${stackName}-${incarnation}`,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const plan = new BackupPlan(this, 'Plan', {
      backupVault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'Daily',
          scheduleExpression: Schedule.cron({ hour: '5', minute: '0' }), // UTC
          deleteAfter,
        }),
      ],
    });
    const role = this.role(fileSystem, backupVault);
    const selection = plan.addSelection('FileSystem', {
      resources: [BackupResource.fromEfsFileSystem(fileSystem)],
      role,
      disableDefaultBackupPolicy: true,
    });
    // AWS Backup tries the role's permissions when it makes the selection.
    selection.node.addDependency(role.permissions);
  }

  /** The part of AWSBackupServiceRolePolicyForBackup that one file system needs. */
  private role(fileSystem: FileSystem, vault: BackupVault): ManagedPolicyRole {
    const role = new ManagedPolicyRole(this, 'Role', {
      assumedBy: new AccountServicePrincipal(this, 'backup.amazonaws.com'),
    });
    // It looks for resources by tag even where they are named (hashicorp/terraform-provider-aws#10511). A list has no resource.
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['tag:GetResources'], resources: ['*'] }));
    acknowledge(role, {
      rule: 'IAMNoWildcardPermissions',
      awsSolutions: 'IAM5[Resource::*]',
      reason: 'AWS gives tag:GetResources no resource to name, only "*". It lists resources and their tags.',
    });
    const allow = (actions: string[], resource: string) =>
      role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
    allow(['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags'], fileSystem.fileSystemArn);
    allow(['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'], vault.backupVaultArn);
    return role;
  }
}
