import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { FileSystem } from 'aws-cdk-lib/aws-efs';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccountServicePrincipal } from './support/account-service-principal';
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
    const backupVault = new BackupVault(this, 'Vault', {
      backupVaultName: `${stackName}-${incarnation}`,
      removalPolicy: RemovalPolicy.RETAIN,
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
    plan.addSelection('FileSystem', {
      resources: [BackupResource.fromEfsFileSystem(fileSystem)],
      role: this.role(fileSystem, backupVault),
      disableDefaultBackupPolicy: true,
    });
  }

  /** The part of AWSBackupServiceRolePolicyForBackup that one file system needs. */
  private role(fileSystem: FileSystem, vault: BackupVault): ManagedPolicyRole {
    const role = new ManagedPolicyRole(this, 'Role', {
      assumedBy: new AccountServicePrincipal(this, 'backup.amazonaws.com'),
    });
    const allow = (actions: string[], resource: string) =>
      role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
    allow(['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags'], fileSystem.fileSystemArn);
    allow(['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'], vault.backupVaultArn);
    return role;
  }
}
