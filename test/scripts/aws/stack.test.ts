import { unprotect } from '../../../scripts/aws/stack';
import { elements, member, Refusal, recordedAws } from '../support/aws';

const aws = recordedAws();
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/Keepsake/1';
const resources = `<StackResourceSummaries>${member(
  elements({ ResourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer', PhysicalResourceId: ARN }),
)}</StackResourceSummaries>`;

test.each([
  ['', 'the load balancer and the stack'],
  [
    new Refusal('LoadBalancerNotFound', 'gone'),
    'the stack alone when a roll-back has deleted the load balancer',
  ],
])('the protection is lifted (%#)', async (ModifyLoadBalancerAttributes, _which) => {
  aws.answers = {
    ListStackResources: resources,
    ModifyLoadBalancerAttributes,
    UpdateTerminationProtection: '',
  };
  await unprotect('Keepsake-prod');
  expect(aws.calls.slice(1)).toEqual([
    {
      operation: 'ModifyLoadBalancerAttributes',
      parameters: expect.objectContaining({
        LoadBalancerArn: ARN,
        'Attributes.member.1.Key': 'deletion_protection.enabled',
        'Attributes.member.1.Value': 'false',
      }),
    },
    {
      operation: 'UpdateTerminationProtection',
      parameters: expect.objectContaining({
        StackName: 'Keepsake-prod',
        EnableTerminationProtection: 'false',
      }),
    },
  ]);
});
