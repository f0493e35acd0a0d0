import { Template } from 'aws-cdk-lib/assertions';
import { ciSettings } from '../../lib/ci-settings';
import { KeepsakeCiStack } from '../../lib/keepsake-ci-stack';
import { stageTemplate, unchecked } from '../stage-template';

// biome-ignore lint/suspicious/noExplicitAny: templates have no type.
type Json = any;

/** Resources by their logical ids. */
export type Resources = Record<string, { readonly Type: string; readonly Properties?: Json }>;

/** The settings that add resource types, in as few deployments as they fit into. */
const stages = [
  ['dev', {}],
  [
    'prod',
    {
      domainName: 'keepsake.example.com',
      hostedZoneId: 'Z0123456789ABC',
      alarmEmail: 'operator@example.com',
    },
  ],
  ['prod', { egress: 'nat' }],
] as const;

/** What the stages deploy, whichever settings they are given. */
export function stageResources(): Resources[] {
  return stages.map(([stage, overrides]) => stageTemplate(stage, overrides).toJSON().Resources);
}

/** What `npm run deploy:ci` deploys. */
export function ciResources(): Resources {
  const settings = ciSettings({ repository: 'acme/keepsake' });
  return Template.fromStack(new KeepsakeCiStack(unchecked(), 'KeepsakeCi', { settings })).toJSON().Resources;
}

/** The types in `resources`, each once, sorted. */
export function typesOf(...resources: Resources[]): string[] {
  const types = resources.flatMap((all) => Object.values(all).map(({ Type }) => Type));
  return [...new Set(types)].sort();
}

/** The resources of a type. */
export function ofType(type: string, resources: readonly Resources[]): Resources[string][] {
  return resources.flatMap((all) => Object.values(all)).filter(({ Type }) => Type === type);
}

/** The services that may assume a role of `resources`, sorted. */
export function trustedServices(...resources: Resources[]): string[] {
  const services = ofType('AWS::IAM::Role', resources)
    .flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument.Statement)
    .flatMap(({ Principal }) => Principal.Service ?? []);
  return [...new Set<string>(services)].sort();
}
