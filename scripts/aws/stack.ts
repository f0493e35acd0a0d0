import { CloudFormation, type Stack, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';

const client = () => new CloudFormation();

/** The stack of this name, or undefined where there is none. */
export async function findStack(stackName: string): Promise<Stack | undefined> {
  return (await client().describeStacks({ StackName: stackName }).catch(ifAbsent))?.Stacks?.[0];
}

function ifAbsent(error: Error): undefined {
  if (error.name !== 'ValidationError' || !/does not exist/.test(error.message)) throw error;
}

/** One of a stack's outputs, such as the `Url` at which a stage answers. */
export const outputOf = (stack: Stack | undefined, key: string): string | undefined =>
  stack?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;

/** What an error that forbids something means: `otherwise`, since a role of CI may deploy without being allowed to look. */
export const ifDenied =
  <T>(otherwise: T) =>
  (error: Error): T => {
    if (/^(AccessDenied|UnauthorizedOperation)/.test(error.name)) return otherwise;
    throw error;
  };

/** What a stack consists of; with its id, a deleted one too. */
export async function resourcesOf(stackId: string): Promise<StackResourceSummary[]> {
  const resources: StackResourceSummary[] = [];
  const pages = client().paginateListStackResources({ StackName: stackId });
  for await (const { StackResourceSummaries = [] } of pages) resources.push(...StackResourceSummaries);
  return resources;
}

/** The physical ids of the resources of one type. */
export const idsOf = (resources: readonly StackResourceSummary[], type: string): string[] =>
  resources.flatMap(({ ResourceType, PhysicalResourceId }) =>
    ResourceType === type ? (PhysicalResourceId ?? []) : [],
  );

/** What failed since then and why, oldest first. What CloudFormation cancelled because of another failure is left out. */
export async function failuresOf(stackId: string, since: Date): Promise<string[]> {
  const failures: string[] = [];
  for await (const { StackEvents = [] } of client().paginateDescribeStackEvents({ StackName: stackId })) {
    for (const event of StackEvents) {
      if (event.Timestamp && event.Timestamp < since) return failures.reverse();
      const reason = event.ResourceStatusReason ?? 'no reason given';
      if (event.ResourceStatus?.endsWith('_FAILED') && !/cancelled/i.test(reason))
        failures.push(`${event.LogicalResourceId} (${event.ResourceType}): ${reason}`);
    }
  }
  return failures.reverse();
}

export interface Template {
  // biome-ignore lint/suspicious/noExplicitAny: each type has properties of its own.
  readonly Resources?: Record<string, { Type: string; Properties?: any; DeletionPolicy?: string }>;
}

/** The template that is deployed; an empty one where there is none. */
export async function deployedTemplate(stackName: string): Promise<Template> {
  const answer = await client().getTemplate({ StackName: stackName }).catch(ifAbsent);
  return JSON.parse(answer?.TemplateBody || '{}');
}

/** Lets a stack and its load balancers be deleted, in whatever state the stack is. */
export async function unprotect(stackName: string): Promise<void> {
  const balancers = idsOf(await resourcesOf(stackName), 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
  for (const LoadBalancerArn of balancers) {
    await new ElasticLoadBalancingV2()
      .modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes })
      .catch((error) => {
        if (error.name !== 'LoadBalancerNotFoundException') throw error; // A failed roll-back has deleted it.
      });
  }
  const protection = { StackName: stackName, EnableTerminationProtection: false };
  await client().updateTerminationProtection(protection);
}
