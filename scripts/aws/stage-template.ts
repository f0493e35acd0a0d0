import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { KeepsakeStack } from '../../lib/keepsake-stack';
import type { Stage } from './stage';

/** The template of a stage, from the sources here. It is not checked: `npx cdk synth` does. */
export function stageTemplate({ stage, settings, stackName }: Stage): object {
  const app = new App({ context, builtinCloudFormationValidation: false });
  return Template.fromStack(new KeepsakeStack(app, stackName, { stage, settings })).toJSON();
}
