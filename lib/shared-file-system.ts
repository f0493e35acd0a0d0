import { RemovalPolicy } from 'aws-cdk-lib';
import { type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { type AccessPoint, FileSystem, ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ContainerService } from './container-service';
import { DailyBackup } from './daily-backup';
import { acknowledge } from './support/acknowledge';

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
export class SharedFileSystem extends Construct {
  readonly fileSystem: FileSystem;
  private readonly accessPoint: AccessPoint;

  constructor(scope: Construct, id: string, { vpc, path, owner, retain }: SharedFileSystemProps) {
    super(scope, id);
    this.fileSystem = new FileSystem(this, 'FileSystem', {
      vpc,
      vpcSubnets: { subnetGroupName: 'Private' },
      securityGroup: new SecurityGroup(this, 'SecurityGroup', {
        vpc,
        description: 'Mount targets of the shared file system',
        allowAllOutbound: false,
      }),
      encrypted: true,
      throughputMode: ThroughputMode.ELASTIC,
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      fileSystemPolicy: refusals(),
      // `false` would add an Allow for whoever comes by a mount target. The policy above has no Allow at all.
      allowAnonymousAccess: true,
    });
    this.accessPoint = this.fileSystem.addAccessPoint('AccessPoint', {
      path,
      posixUser: { uid: owner, gid: owner },
      createAcl: { ownerUid: owner, ownerGid: owner, permissions: '750' },
    });
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

  /** Mounts the file system at `containerPath`, and lets the service's tasks, and nobody else, read and write it. */
  mountInto(service: ContainerService, containerPath: string): void {
    const { fileSystemId, fileSystemArn } = this.fileSystem;
    const { accessPointId, accessPointArn } = this.accessPoint;
    service.mount('Shared', containerPath, {
      fileSystemId,
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId, iam: 'ENABLED' },
    });
    // The condition is here and not in the file system's policy, which cannot name its own access point: CloudFormation
    // would have to make each before the other (aws/aws-cdk#27123).
    service.taskRole.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
        resources: [fileSystemArn],
        conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPointArn } },
      }),
    );
    this.fileSystem.connections.allowDefaultPortFrom(service, 'Tasks to the shared file system');
    // A task that starts before the mount targets do fails with "Failed to resolve fs-….efs".
    service.service.node.addDependency(this.fileSystem.mountTargetsAvailable);
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
