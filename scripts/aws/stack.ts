import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
  type Stack,
  type StackEvent,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';

const client = () => new CloudFormationClient();

/** The stack of this name, or undefined where there is none. */
export async function findStack(stackName: string): Promise<Stack | undefined> {
  const command = new DescribeStacksCommand({ StackName: stackName });
  return (await client().send(command).catch(ifAbsent))?.Stacks?.[0];
}

function ifAbsent(error: Error): undefined {
  if (error.name !== 'ValidationError' || !/does not exist/.test(error.message)) throw error;
}

/** Where the deployed stage answers, from the stack's outputs. */
export const urlOf = ({ Outputs = [] }: Pick<Stack, 'Outputs'>): string | undefined =>
  Outputs.find(({ OutputKey }) => OutputKey === 'Url')?.OutputValue;

/** What an error that forbids something means: `otherwise`, since a role of CI may deploy without being allowed to look. */
export const ifDenied =
  <T>(otherwise: T) =>
  (error: Error): T => {
    if (/^(AccessDenied|UnauthorizedOperation)/.test(error.name)) return otherwise;
    throw error;
  };

/** What a stack consists of; with its id, a deleted one too. */
export async function resourcesOf(stackId: string): Promise<StackResourceSummary[]> {
  const pages = paginateListStackResources({ client: client() }, { StackName: stackId });
  const resources: StackResourceSummary[] = [];
  for await (const { StackResourceSummaries = [] } of pages) resources.push(...StackResourceSummaries);
  return resources;
}

/** The physical ids of the resources of one type. */
export const idsOf = (resources: readonly StackResourceSummary[], type: string): string[] =>
  resources.flatMap(({ ResourceType, PhysicalResourceId }) =>
    ResourceType === type ? (PhysicalResourceId ?? []) : [],
  );

/** What failed since then, oldest first. What CloudFormation cancelled because of another failure is left out. */
export async function failuresOf(stackId: string, since: Date): Promise<StackEvent[]> {
  const failures: StackEvent[] = [];
  const pages = paginateDescribeStackEvents({ client: client() }, { StackName: stackId });
  for await (const { StackEvents = [] } of pages) {
    const recent = StackEvents.filter(({ Timestamp }) => Timestamp && Timestamp >= since);
    failures.push(...recent.filter(isFailure));
    if (recent.length < StackEvents.length) break;
  }
  return failures.reverse();
}

const isFailure = ({ ResourceStatus, ResourceStatusReason = '' }: StackEvent) =>
  ResourceStatus?.endsWith('_FAILED') && !/cancelled/i.test(ResourceStatusReason);

export interface Template {
  // biome-ignore lint/suspicious/noExplicitAny: each type has properties of its own.
  readonly Resources?: Record<string, { Type: string; Properties?: any; DeletionPolicy?: string }>;
}

/** The template that is deployed; an empty one where there is none. */
export async function deployedTemplate(stackName: string): Promise<Template> {
  const command = new GetTemplateCommand({ StackName: stackName });
  return JSON.parse((await client().send(command).catch(ifAbsent))?.TemplateBody || '{}');
}
