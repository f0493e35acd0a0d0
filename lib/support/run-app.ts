import type { App } from 'aws-cdk-lib';
import { ContextError } from '../settings/context-error';
import { CheckedApp } from './checked-app';

/**
 * Builds an app from what `-c key=value` gave. A setting that cannot be deployed ends the process with exit code 2 and
 * one line; any other error is a defect and keeps its stack trace.
 */
export function runApp(build: (app: App, context: Record<string, string>) => void): void {
  const app = new CheckedApp();
  try {
    build(app, givenContext(app));
  } catch (error) {
    if (!(error instanceof ContextError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** The CDK's own flags and look-ups are in the context too; their keys have a `:`. */
function givenContext(app: App): Record<string, string> {
  const context: Record<string, string> = app.node.getAllContext();
  return Object.fromEntries(Object.entries(context).filter(([key]) => !key.includes(':')));
}
