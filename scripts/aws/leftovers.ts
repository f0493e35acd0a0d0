import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { resourcesOf } from './stack';

/** Something that a stage has left behind. */
export interface Leftover {
  readonly what: string;
  readonly remedy: string;
}

/** How to delete what is known to stay, by what its ARN contains. */
const REMEDIES: readonly [RegExp, (id: string) => string][] = [
  [
    /:elasticfilesystem:.*file-system\/(.+)$/,
    (id) => `it is the history; aws efs delete-file-system --file-system-id ${id}`,
  ],
  [
    /:backup:.*:backup-vault:(.+)$/,
    (id) => `it keeps the backups; aws backup delete-backup-vault --backup-vault-name ${id}`,
  ],
  [/:logs:.*:log-group:([^:]+)/, (id) => `aws logs delete-log-group --log-group-name ${id}`],
];

/**
 * What still has the tags or the name of a stage whose stack is deleted. The tagging API goes on to list what was deleted
 * (AWS, "GetResources": "currently or previously tagged"), so what CloudFormation says it deleted is left out.
 */
export async function leftovers(stage: string, stackName: string, stackId: string): Promise<Leftover[]> {
  const resources = await resourcesOf(stackId);
  const deleted = resources.flatMap(({ ResourceStatus, PhysicalResourceId: id }) =>
    ResourceStatus === 'DELETE_COMPLETE' && id ? [id] : [],
  );
  const kept = resources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
  const found = [...(await taggedWith(stage)), ...(await logGroupsNamed(stackName))];
  const left = new Set(found.filter((arn) => !deleted.some((id) => isNamed(arn, id))));
  const unseen = kept.filter(
    ({ PhysicalResourceId: id }) => id && ![...left].some((arn) => isNamed(arn, id)),
  );
  return [
    ...[...left].map((arn) => ({ what: arn, remedy: remedyFor(arn) })),
    ...unseen.map(({ ResourceType, PhysicalResourceId, ResourceStatusReason }) => ({
      what: `${ResourceType} ${PhysicalResourceId}`,
      remedy: ResourceStatusReason ?? 'delete it by hand',
    })),
  ];
}

/** Whether an ARN is that of a resource with this physical id, or of a part of it: a task's names its cluster. */
const isNamed = (arn: string, id: string): boolean =>
  arn === id || arn.includes(`/${id}/`) || arn.endsWith(`/${id}`) || arn.endsWith(`:${id}`);

function remedyFor(arn: string): string {
  for (const [pattern, remedy] of REMEDIES) {
    const [, id] = pattern.exec(arn) ?? [];
    if (id) return remedy(id);
  }
  return 'delete it by hand';
}

async function taggedWith(stage: string): Promise<string[]> {
  const TagFilters = [
    { Key: 'project', Values: ['keepsake'] },
    { Key: 'stage', Values: [stage] },
  ];
  const arns: string[] = [];
  const pages = paginateGetResources({ client: new ResourceGroupsTaggingAPIClient() }, { TagFilters });
  for await (const { ResourceTagMappingList = [] } of pages) {
    arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
  }
  return arns;
}

/** Log groups that something made by itself have no tags: those of functions and of the VPC's flow logs. */
async function logGroupsNamed(stackName: string): Promise<string[]> {
  const client = new CloudWatchLogsClient();
  const arns: string[] = [];
  for (const logGroupNamePrefix of [stackName, `/aws/lambda/${stackName}`]) {
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    arns.push(...logGroups.flatMap(({ logGroupArn }) => logGroupArn ?? []));
  }
  return arns;
}
