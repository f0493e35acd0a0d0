/**
 * Writes docs/acknowledged-rules.md: the rules of the four packs that do not hold, with the reasons given at the
 * constructs. A test fails when the file and the code differ.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { context } from '../cdk.json';
import { type Acknowledgement, acknowledgements } from '../lib/acknowledge';
import { CheckedApp } from '../lib/checked-app';
import { KeepsakeStack } from '../lib/keepsake-stack';
import { stageSettings } from '../lib/stage-settings';

export const file = join(__dirname, '../docs/acknowledged-rules.md');

const deployments = {
  'prod, with a domain name': [
    'prod',
    { domainName: 'keepsake.example.com', hostedZoneId: 'Z0123456789ABC' },
  ],
  'prod, without one': ['prod', {}],
  dev: ['dev', {}],
} as const;

export function render(): string {
  const sections = Object.entries(deployments).map(([title, [stage, overrides]]) => {
    const stack = new KeepsakeStack(new CheckedApp({ context }), `Keepsake-${stage}`, {
      stage,
      settings: stageSettings(stage, overrides),
    });
    const found = acknowledgements(stack);
    const rules = new Set(found.map(({ rule }) => rule)).size;
    const entries = found.map(({ at, ...acknowledgement }) => entry(at.node.path, acknowledgement));
    return [`## ${title}: ${rules} rules`, '', ...entries, ''];
  });
  return [
    '# Acknowledged rules',
    '',
    'Synthesis checks the stack against four rule packs of cdk-nag (AwsSolutions, HIPAA, NIST 800-53 r5, PCI DSS) and',
    'fails on every finding but these. Generated from the code by `npm run docs:rules`; the reasons are given there.',
    '',
    ...sections.flat(),
  ].join('\n');
}

function entry(path: string, { rule, awsSolutions, reason }: Acknowledgement): string {
  const name = awsSolutions ? `${rule} (AwsSolutions-${awsSolutions})` : rule;
  return `- **${name}** at \`${path.split('/').slice(1).join('/')}\`. ${reason}`;
}

if (require.main === module) writeFileSync(file, render());
