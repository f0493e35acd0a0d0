import { idsOf, resourcesOf } from '../../scripts/aws/stack';
import { ask } from './api';
import { RESOURCE_APIS } from './resource-apis';

/** How to ask for each resource of a stack, also when the stack is gone. What has no API of its own is left out. */
export async function questionsFor(stackName: string) {
  const resources = await resourcesOf(stackName);
  const [cluster = ''] = idsOf(resources, 'AWS::ECS::Cluster');
  return resources.flatMap(({ ResourceType: type = '', PhysicalResourceId: id = '' }) => {
    const line = RESOURCE_APIS[type];
    if (line === undefined)
      throw new Error(`${type}: rehearsal/aws/resource-apis.ts does not say how to ask for it`);
    return line
      ? { type, id, line: line.replace('ID', encodeURIComponent(id)).replace('CLUSTER', cluster) }
      : [];
  });
}

type Questions = Awaited<ReturnType<typeof questionsFor>>;

/** The types of the resources of which their API knows, or does not. */
export async function typesThatAre(known: boolean, questions: Questions): Promise<string[]> {
  const answers = new Map<string, string>();
  for (const { line } of questions) if (!answers.has(line)) answers.set(line, await ask(line));
  const found = questions.filter(({ id, line }) => answers.get(line)?.includes(longestPart(id)) === known);
  return [...new Set(found.map(({ type }) => type))];
}

/** Some ids consist of several: `rtb-1a2b|0.0.0.0/0`, `IGW|vpc-1a2b`. */
const longestPart = (id: string) => id.split('|').toSorted((a, b) => b.length - a.length)[0] ?? '';
