import { CfnResource, Names, Stack } from 'aws-cdk-lib';
import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { KeepsakeStack } from '../../lib/keepsake-stack';
import { stageFromContext } from '../../lib/settings/stage-settings';
import { runApp } from '../../lib/support/run-app';

/**
 * A stage as the emulator takes it. Each change is needed: the rehearsal deploys the stage without them first, and fails
 * where that works.
 */
function adapt(stack: Stack): void {
  const resources = stack.node.findAll().filter(CfnResource.isCfnResource);
  const target = resources.find((each) => each instanceof CfnScalableTarget);
  for (const resource of resources) {
    // It wants the target described once more, where its id suffices for AWS.
    if (resource instanceof CfnScalingPolicy && target) {
      resource.addPropertyDeletionOverride('ScalingTargetId');
      resource.serviceNamespace = target.serviceNamespace;
      resource.resourceId = target.resourceId;
      resource.scalableDimension = target.scalableDimension;
      resource.addResourceDependency(target);
    }
    // It wants a name, which CloudFormation would make up.
    if (resource instanceof CfnWebACL) resource.name = Names.uniqueResourceName(resource, {});
    // It makes `eFSVolumeConfiguration` of this name, and knows `efsVolumeConfiguration` alone.
    if (resource instanceof CfnTaskDefinition) {
      const { fileSystemId } = Stack.of(resource)
        .node.findChild('History')
        .node.findChild('FileSystem') as never;
      resource.addPropertyOverride('Volumes.1.EfsVolumeConfiguration', { FileSystemId: fileSystemId });
    }
  }
}

runApp((app, context) => {
  const props = stageFromContext(context);
  adapt(new KeepsakeStack(app, `Keepsake-${props.stage}`, props));
});
