/**
 * Checks the templates of every deployment with cfn-lint and checkov, and the workflows with actionlint (checks/pinned-tools.ts).
 *
 * Exits 1 when a tool finds something. A tool whose language is absent is skipped, with a line that says so, except
 * in CI (`CI=true`), where a check that silently did nothing would be worth nothing.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { actionlintPath, cache, pythonTools, root, run } from './pinned-tools';
import { exceptions } from './template-exceptions';

const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
const domain = ['-c', 'domainName=keepsake.example.com', '-c', 'hostedZoneId=Z0123456789ABC'];
const deployments: Record<string, string[]> = {
  dev: [],
  prod: ['-c', 'stage=prod'],
  'prod-domain': ['-c', 'stage=prod', ...domain],
  ci: ['--app', 'node --import tsx bin/keepsake-ci.ts', '-c', 'repository=acme/keepsake'],
};

let failed = false;

if (available('python3', 'cfn-lint and checkov')) {
  const environment = pythonTools();
  checkTemplates(environment);
}
if (available('go', 'actionlint')) check('actionlint', actionlintPath(), ['-color=false']);
process.exit(failed ? 1 : 0);

function checkTemplates(environment: string): void {
  for (const [name, options] of Object.entries(deployments)) {
    const output = join(cache, 'templates', name);
    run(join(root, 'node_modules/.bin/cdk'), ['synth', '--quiet', '--output', output, ...options]);
    const [template] = readdirSync(output).filter((file) => file.endsWith('.template.json'));
    if (!template) throw new Error(`${output} has no template`);
    const path = join(output, template);
    // -c I: the informational rules too.
    check(`cfn-lint, ${name}`, join(environment, 'bin/cfn-lint'), ['-c', 'I', '-r', ...regions, '-t', path]);
    const skipped = Object.entries(exceptions).filter(([, { templates = [name] }]) =>
      templates.includes(name),
    );
    const skipChecks = skipped.length > 0 ? ['--skip-check', skipped.map(([rule]) => rule).join(',')] : [];
    const quietly = ['--quiet', '--compact', '--skip-download', '--framework', 'cloudformation'];
    check(`checkov, ${name}`, join(environment, 'bin/checkov'), ['-f', path, ...quietly, ...skipChecks]);
  }
}

function available(command: string, tools: string): boolean {
  if (!spawnSync(command, ['--help'], { stdio: 'ignore' }).error) return true;
  console.log(`skipped: ${tools} (${command} is not installed)`);
  if (process.env.CI) failed = true;
  return false;
}

function check(title: string, command: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  report(title, status === 0, stdout + stderr);
}

function report(title: string, passed: boolean, findings: string): void {
  console.log(`${passed ? 'passed' : 'FAILED'}: ${title}`);
  if (passed) return;
  failed = true;
  console.log(findings);
}
