import { RemovalPolicy } from 'aws-cdk-lib';
import { type Connections, type IConnectable, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { EfsVolumeConfiguration } from 'aws-cdk-lib/aws-ecs';
import { type AccessPoint, FileSystem, ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { AnyPrincipal, Effect, type IGrantable, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DailyBackup } from './daily-backup';
import { acknowledge } from './support/acknowledge';
import { refuseRoot } from './support/refuse-root';
import { refuseUndefined } from './support/refuse-undefined';

export interface SharedFileSystemProps {
  readonly vpc: IVpc;
  /** The directory of the file system that containers see as its root, such as `/uploads`. */
  readonly path: string;
  /** The user and group id that every file belongs to, whoever writes it. */
  readonly owner: string;
  /** Back the files up every day, and keep them and their backups when the stack is destroyed. */
  readonly retain: boolean;
}

/**
 * An EFS file system that only the containers it is mounted into can reach, as one user and under one directory.
 *
 * This resource is stateful: replacing it loses the files.
 */
export class SharedFileSystem extends Construct implements IConnectable {
  readonly fileSystem: FileSystem;
  readonly connections: Connections;
  /** How a task mounts it: as the access point's user, with TLS and the task's role. */
  readonly volume: EfsVolumeConfiguration;
  private readonly accessPoint: AccessPoint;

  constructor(scope: Construct, id: string, props: SharedFileSystemProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props);
    refuseRoot(this.node.path, 'owner', props.owner);
    const { vpc, path, owner, retain } = props;
    this.fileSystem = new FileSystem(this, 'FileSystem', {
      vpc,
      vpcSubnets: { subnetGroupName: 'Private' },
      securityGroup: new SecurityGroup(this, 'SecurityGroup', {
        vpc,
        description: 'Mount targets of the shared file system',
        allowAllOutbound: false,
      }),
      // Cannot be changed later: encryption, and the key, which is the AWS managed one (docs/decisions). Another value makes a new,
      // empty file system.
      encrypted: true,
      throughputMode: ThroughputMode.ELASTIC,
      removalPolicy: retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
      fileSystemPolicy: refusals(),
      // `false` would add an Allow for whoever comes by a mount target. The policy above has no Allow at all.
      allowAnonymousAccess: true,
    });
    // Cannot be changed later: with another path, containers find an empty directory, and the files are still in the old one.
    this.accessPoint = this.fileSystem.addAccessPoint('AccessPoint', {
      path,
      posixUser: { uid: owner, gid: owner },
      createAcl: { ownerUid: owner, ownerGid: owner, permissions: '750' },
    });
    this.connections = this.fileSystem.connections;
    this.volume = {
      fileSystemId: this.fileSystem.fileSystemId,
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: this.accessPoint.accessPointId, iam: 'ENABLED' },
    };
    if (retain) {
      new DailyBackup(this, 'Backup', { fileSystem: this.fileSystem });
    } else {
      acknowledge(this.fileSystem, {
        rule: 'EFSInBackupPlan',
        reason:
          'The files are thrown away with the stage. A backup would outlive the stack and go on billing.',
      });
    }
  }

  /** Lets a task read and write the files, through the access point and not as root. */
  grantReadWrite(taskRole: IGrantable): void {
    // The condition is here and not in the file system's policy, which cannot name its own access point: CloudFormation
    // would have to make each before the other (aws/aws-cdk#27123).
    taskRole.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
        resources: [this.fileSystem.fileSystemArn],
        conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': this.accessPoint.accessPointArn } },
      }),
    );
  }
}

/**
 * Without a policy EFS lets in whoever reaches a mount target. Any policy ends that; then access takes an Allow, which
 * the task role alone has. These refusals hold against every other Allow in the account.
 */
function refusals(): PolicyDocument {
  const deny = (sid: string, actions: string[], conditions = {}) =>
    new PolicyStatement({ sid, effect: Effect.DENY, principals: [new AnyPrincipal()], actions, conditions });
  const access = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];
  return new PolicyDocument({
    statements: [
      deny('RefuseRoot', ['elasticfilesystem:ClientRootAccess']),
      deny('RefuseWithoutTls', access, { Bool: { 'aws:SecureTransport': 'false' } }),
      deny('RefuseWithoutAccessPoint', access, { Null: { 'elasticfilesystem:AccessPointArn': 'true' } }),
    ],
  });
}
