import type { App } from 'aws-cdk-lib';
import { CheckedApp } from '../lib/checked-app';
import { KeepsakeStack } from '../lib/keepsake-stack';
import { SettingsError, stageSettings } from '../lib/stage-settings';

try {
  const app = new CheckedApp();
  const { stage = 'dev', ...overrides } = commandLineContext(app);
  const settings = stageSettings(stage, overrides);
  new KeepsakeStack(app, `Keepsake-${stage}`, { stage, settings });
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exit(2);
}

/** What `-c key=value` gave. The CDK's own flags and look-ups are in the context too; their keys have a `:`. */
function commandLineContext(app: App): Record<string, string> {
  const context: Record<string, string> = app.node.getAllContext();
  return Object.fromEntries(Object.entries(context).filter(([key]) => !key.includes(':')));
}
