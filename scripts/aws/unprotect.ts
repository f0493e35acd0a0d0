import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { idsOf, resourcesOf } from './stack';

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
  await new CloudFormation().updateTerminationProtection(protection);
}
