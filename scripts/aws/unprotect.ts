import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import {
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { idsOf, resourcesOf } from './stack';

/** Lets a stack and its load balancers be deleted, in whatever state the stack is. */
export async function unprotect(stackName: string): Promise<void> {
  const balancers = idsOf(await resourcesOf(stackName), 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
  for (const LoadBalancerArn of balancers) {
    await new ElasticLoadBalancingV2Client()
      .send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }))
      .catch((error) => {
        if (error.name !== 'LoadBalancerNotFoundException') throw error; // A failed roll-back has deleted it.
      });
  }
  await new CloudFormationClient().send(
    new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: false }),
  );
}
