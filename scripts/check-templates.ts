/**
 * Checks the templates of every deployment with cfn-lint and checkov, and the workflows with actionlint. The versions
 * are pinned here; the tools go into .cache/ the first time, from PyPI and as a Go module.
 *
 * Exits 1 when a tool finds something. A tool whose language is absent is skipped, with a line that says so, except
 * in CI (`CI=true`), where a check that silently did nothing would be worth nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exceptions } from './template-exceptions';

const root = join(__dirname, '..');
const cache = join(root, '.cache');
const cfnLint = 'cfn-lint==1.58.0';
const checkov = 'checkov==3.3.30';
const actionlint = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
const domain = ['-c', 'domainName=keepsake.example.com', '-c', 'hostedZoneId=Z0123456789ABC'];
const deployments: Record<string, string[]> = {
  dev: [],
  prod: ['-c', 'stage=prod'],
  'prod-domain': ['-c', 'stage=prod', ...domain],
  ci: ['--app', 'node --import tsx bin/keepsake-ci.ts', '-c', 'repository=acme/keepsake'],
};

let failed = false;

if (available('python3', 'cfn-lint and checkov')) checkTemplates();
if (available('go', 'actionlint')) checkWorkflows();
process.exit(failed ? 1 : 0);

function checkTemplates(): void {
  // Named after the versions, so that another version is another environment.
  const environment = join(cache, `${cfnLint}-${checkov}`);
  if (!existsSync(join(environment, 'bin/checkov'))) {
    console.log(`installing ${cfnLint} and ${checkov}`);
    install('python3', ['-m', 'venv', '--clear', environment]);
    install(join(environment, 'bin/pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      cfnLint,
      checkov,
    ]);
  }
  for (const [name, options] of Object.entries(deployments)) {
    const output = join(cache, 'templates', name);
    install(join(root, 'node_modules/.bin/cdk'), ['synth', '--quiet', '--output', output, ...options]);
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

function checkWorkflows(): void {
  const bin = join(cache, actionlint.replaceAll('/', '-'));
  if (!existsSync(join(bin, 'actionlint'))) {
    console.log(`installing ${actionlint}`);
    install('go', ['install', actionlint], { GOBIN: bin });
  }
  check('actionlint', join(bin, 'actionlint'), ['-color=false']);
}

function available(command: string, tools: string): boolean {
  if (!spawnSync(command, ['--help'], { stdio: 'ignore' }).error) return true;
  console.log(`skipped: ${tools} (${command} is not installed)`);
  if (process.env.CI) failed = true;
  return false;
}

function install(command: string, args: string[], environment = {}): void {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

function check(title: string, command: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  console.log(`${status === 0 ? 'passed' : 'FAILED'}: ${title}`);
  if (status === 0) return;
  failed = true;
  console.log(stdout + stderr);
}
