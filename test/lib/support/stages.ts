import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { KeepsakeStack } from '../../../lib/keepsake-stack';
import { stageFromContext } from '../../../lib/settings/stage-settings';
import { CheckedApp } from '../../../lib/support/checked-app';

/** Any domain will do: nothing looks it up before a deployment. */
export const domain = { domainName: 'keepsake.example.com', hostedZoneId: 'Z0123456789ABC' };

/**
 * An app with the CDK's flags as cdk.json sets them, which is what the command line gives it. Without CloudFormation's own
 * validation, whose rules take seconds to load: test/bin runs it.
 */
export function checkedApp(): App {
  const { context } = JSON.parse(readFileSync(join(__dirname, '../../../cdk.json'), 'utf8'));
  return new CheckedApp({ context, builtinCloudFormationValidation: false });
}

/** A stage as it is deployed, except for what `overrides` replaces. */
export function stage(name: string, overrides = {}) {
  const app = checkedApp();
  const stack = new KeepsakeStack(app, `Keepsake-${name}`, stageFromContext({ stage: name, ...overrides }));
  return { app, stack, template: Template.fromStack(stack) };
}
