import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Template } from './stack';
import type { Stage } from './stage';

/** How to delete what a stack keeps, by its type. */
const REMEDIES: Readonly<Record<string, string>> = {
  'AWS::EFS::FileSystem': 'it is the history; aws efs delete-file-system --file-system-id',
  'AWS::Backup::BackupVault': 'it keeps the backups; aws backup delete-backup-vault --backup-vault-name',
};

/**
 * What is left of a stage, and how to delete it, a line for each: what its stack had when it was destroyed and keeps, and
 * what is not of the stack but has the stage's tags or name. The tagging API goes on to list what was deleted (AWS,
 * "GetResources": "currently or previously tagged").
 */
export async function leftovers(
  { stage, stackName }: Pick<Stage, 'stage' | 'stackName'>,
  resources: readonly StackResourceSummary[],
  { Resources = {} }: Template,
): Promise<string[]> {
  const kept = resources.filter(
    ({ LogicalResourceId = '', ResourceStatus }) =>
      ResourceStatus !== 'DELETE_COMPLETE' &&
      Resources[LogicalResourceId]?.DeletionPolicy?.startsWith('Retain'),
  );
  const ids = resources.flatMap(({ PhysicalResourceId }) => PhysicalResourceId ?? []);
  const tagged = (await taggedWith(stage)).filter((arn) => !ids.some((id) => isNamed(arn, id)));
  const logGroups = (await logGroupsNamed(stackName)).filter((name) => !ids.includes(name));
  return [
    ...kept.map(
      ({ ResourceType = '', PhysicalResourceId }) =>
        `${REMEDIES[ResourceType] ?? `delete it by hand: ${ResourceType}`} ${PhysicalResourceId}`,
    ),
    ...tagged.map((arn) => `delete it by hand: ${arn}`),
    ...logGroups.map((name) => `aws logs delete-log-group --log-group-name ${name}`),
  ];
}

/** Whether an ARN is that of a resource with this physical id, or of a part of it: a task's names its cluster. */
const isNamed = (arn: string, id: string): boolean =>
  arn === id || arn.includes(`/${id}/`) || arn.endsWith(`/${id}`) || arn.endsWith(`:${id}`);

async function taggedWith(stage: string): Promise<string[]> {
  const TagFilters = [
    { Key: 'project', Values: ['keepsake'] },
    { Key: 'stage', Values: [stage] },
  ];
  const arns: string[] = [];
  const pages = new ResourceGroupsTaggingAPI().paginateGetResources({ TagFilters });
  for await (const { ResourceTagMappingList = [] } of pages)
    arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
  return arns;
}

/** Log groups that something made by itself have no tags: those of functions and of the VPC's flow logs. */
async function logGroupsNamed(stackName: string): Promise<string[]> {
  const found = [stackName, `/aws/lambda/${stackName}`].map((logGroupNamePrefix) =>
    new CloudWatchLogs().describeLogGroups({ logGroupNamePrefix }),
  );
  return (await Promise.all(found)).flatMap(({ logGroups = [] }) =>
    logGroups.flatMap(({ logGroupName }) => logGroupName ?? []),
  );
}
