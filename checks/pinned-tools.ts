/** The tools that are not npm packages, at pinned versions, in .cache/. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(__dirname, '..');
export const cache = join(root, '.cache');

const cfnLint = 'cfn-lint==1.58.0';
const checkov = 'checkov==3.3.30';
const actionlint = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

/** The Python environment with cfn-lint and checkov, from PyPI the first time. Returns its folder. */
export function pythonTools(): string {
  // Named after the versions, so that another version is another environment.
  const environment = join(cache, `${cfnLint}-${checkov}`);
  if (!existsSync(join(environment, 'bin/checkov'))) {
    console.log(`installing ${cfnLint} and ${checkov}`);
    run('python3', ['-m', 'venv', '--clear', environment]);
    run(join(environment, 'bin/pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      cfnLint,
      checkov,
    ]);
  }
  return environment;
}

/** The path of actionlint, built as a Go module the first time. */
export function actionlintPath(): string {
  const bin = join(cache, actionlint.replaceAll('/', '-'));
  if (!existsSync(join(bin, 'actionlint'))) {
    console.log(`installing ${actionlint}`);
    run('go', ['install', actionlint], { GOBIN: bin });
  }
  return join(bin, 'actionlint');
}

/** Runs a command whose failure is not a finding but the end. */
export function run(command: string, args: string[], environment = {}): void {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}
