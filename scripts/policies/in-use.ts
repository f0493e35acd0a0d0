/**
 * What the resource schemas cannot know: which services Keepsake uses, what the schemas name and should not be granted,
 * and what AWS documents elsewhere. A schema that names a service or a service-linked role that is not here stops the
 * generation; so does an entry that no schema needs any more.
 */

/** The policies, and whose actions are in each. A policy has 6,144 characters at most, so one would not do. */
export const servicesOfPolicies: Record<string, readonly string[]> = {
  network: ['acm', 'autoscaling', 'ec2', 'elasticloadbalancing', 'route53', 'wafv2'],
  service: ['application-autoscaling', 'cloudwatch', 'ecs', 'logs', 'sns', 'ssm'],
  data: ['backup', 'backup-storage', 'elasticfilesystem', 'kms'],
  roles: ['iam'],
};

const otherResources = 'a web ACL on something that is not a load balancer';
const otherLogs = 'logs of a service that Keepsake does not use';

/** Services whose actions a type names for uses that Keepsake does not make of it. */
export const unusedServices: Record<string, string> = {
  'acm-pca': 'certificates of a private authority',
  amplify: otherResources,
  apigateway: otherResources,
  apprunner: otherResources,
  appsync: otherResources,
  autoloop: otherLogs,
  'bedrock-agentcore': otherResources,
  codewhisperer: otherLogs,
  'cognito-idp': 'listeners that sign users in, and user pools behind a web ACL',
  firehose: 'logs to Firehose; all of these go to CloudWatch Logs',
  lambda: 'scaling of functions',
  payments: 'web ACLs that bill their callers; cfn-lint knows no such action',
  s3: 'logs to buckets; all of these go to CloudWatch Logs',
  'vpc-lattice': 'endpoints of service networks',
  vpce: 'endpoints in another Region',
  workmail: otherLogs,
};

const noUsers = 'policies are attached to roles alone';
const unknown = 'cfn-lint (W3037) knows no such action';

/** Actions that a schema names and that are not granted. */
export const omittedActions: Record<string, string> = {
  'backup-storage:Mount': `${unknown}; backup-storage:MountCapsule is the one AWS documents`,
  'iam:AttachGroupPolicy': noUsers,
  'iam:AttachUserPolicy': noUsers,
  'iam:DeleteRolePermissionsBoundary': 'a deployment must not lift a boundary that an administrator set',
  'iam:DescribeOrganization': unknown,
  'iam:DetachGroupPolicy': noUsers,
  'iam:DetachUserPolicy': noUsers,
  'logs:AllowVendedLogDeliveryForResource': `${unknown}; it has the prefix of the service whose log it is`,
};

/** Actions that AWS documents and the schemas leave out. The place for one that a deployment turns out to miss. */
export const addedActions: Record<string, string> = {
  'ec2:CreateNetworkInterface': 'EFS checks it for a mount target (AWS, "CreateMountTarget")',
  'ec2:DeleteNetworkInterface': 'EFS checks it for a mount target (AWS, "DeleteMountTarget")',
  'ec2:DescribeAccountAttributes': 'CloudFormation reads the zones with it (AWS, "Fn::GetAZs")',
  'ec2:DescribeAvailabilityZones': 'CloudFormation reads the zones with it (AWS, "Fn::GetAZs")',
  'ec2:ModifyNetworkInterfaceAttribute':
    'EFS checks it for a mount target (AWS, "ModifyMountTargetSecurityGroups")',
  'elasticloadbalancing:AllowVendedLogDeliveryForResource':
    'PutDeliverySource checks it on the load balancer (AWS, "Logging that requires additional permissions [V2]")',
  'route53:AssociateVPCWithHostedZone':
    'private DNS of interface endpoints (AWS, "Actions, resources, and condition keys for Amazon EC2")',
  'ssm:GetParameters':
    'the templates have the version of the bootstrap as a parameter; the CDK gives it to the deploy role for the same reason',
};

/**
 * By type, the service whose service-linked role CloudFormation makes, with the first resource of that type in an
 * account. The schema of the load balancer does not say so; AWS, "Elastic Load Balancing service-linked role", does.
 */
export const serviceLinkedRoles: Record<string, string> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'ecs.application-autoscaling.amazonaws.com',
  'AWS::Backup::BackupSelection': 'backup.amazonaws.com',
  'AWS::EC2::FlowLog': 'delivery.logs.amazonaws.com',
  'AWS::ECS::Cluster': 'ecs.amazonaws.com',
  'AWS::EFS::FileSystem': 'elasticfilesystem.amazonaws.com',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'elasticloadbalancing.amazonaws.com',
  'AWS::WAFv2::LoggingConfiguration': 'wafv2.amazonaws.com',
};
