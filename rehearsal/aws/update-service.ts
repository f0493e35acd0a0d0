import { ECS, type UpdateServiceRequest } from '@aws-sdk/client-ecs';
import { idsOf, resourcesOf } from '../../scripts/aws/stack';

/** Changes the service of a stack without CloudFormation. */
export async function updateService(
  stackName: string,
  change: Pick<UpdateServiceRequest, 'desiredCount' | 'forceNewDeployment'>,
): Promise<void> {
  const resources = await resourcesOf(stackName);
  const [taskDefinition] = idsOf(resources, 'AWS::ECS::TaskDefinition');
  const [, cluster, service] = idsOf(resources, 'AWS::ECS::Service')[0]?.split('/') ?? [];
  await new ECS().updateService({ cluster, service, taskDefinition, ...change });
}
