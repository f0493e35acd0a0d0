import { CfnOutput, type Stack } from 'aws-cdk-lib';

/** Prints these after a deployment, and keeps them where `aws cloudformation describe-stacks` finds them. */
export function addOutputs(stack: Stack, outputs: Record<string, string>): void {
  for (const [id, value] of Object.entries(outputs)) new CfnOutput(stack, id, { value });
}
