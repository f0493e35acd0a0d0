import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../cdk.json';
import { KeepsakeStack } from '../lib/keepsake-stack';
import { stageFromContext } from '../lib/settings/stage-settings';

// biome-ignore lint/suspicious/noExplicitAny: templates have no type.
type Properties = any;

/** An app with the flags of cdk.json, for scripts that read what it synthesizes: `npx cdk synth` is what checks it. */
export const unchecked = () => new App({ context, builtinCloudFormationValidation: false });

/** What a stage deploys. */
export function stageTemplate(stage: string, overrides: Record<string, string> = {}): Template {
  const props = stageFromContext({ stage, ...overrides });
  return Template.fromStack(new KeepsakeStack(unchecked(), `Keepsake-${stage}`, props));
}

/** The properties of each resource of a type. */
export const propertiesIn =
  (template: Template) =>
  (type: string): Properties[] =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties);

/** The stage and the settings in arguments such as `stage=dev cpu=1024`. */
export function stageArguments(args: readonly string[], otherwise: string) {
  const { stage = otherwise, ...overrides } = Object.fromEntries(args.map((arg) => arg.split('=', 2)));
  return { stage, overrides };
}
