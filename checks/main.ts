import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { command, run, someOf } from '../scripts/support/command-line';

const linters = {
  documents: 'Markdown and its links: markdownlint',
  openapi: '/openapi.json: redocly, spectral',
  page: 'app/web: html-validate, stylelint, Lighthouse',
  templates: 'the CloudFormation templates of all stages: cfn-lint, checkov',
  workflows: '.github: actionlint, zizmor',
};
const names = Object.keys(linters);
const listed = Object.entries(linters).map(([name, what]) => `  ${name.padEnd(10)} ${what}`);

run(
  command('check', {
    examples: ['npm run check', 'npm run check -- documents page'],
    exitCodes: { 1: 'a linter found something' },
  })
    .addArgument(someOf('check', names, 'what to lint'))
    .addHelpText(
      'after',
      `\nNames:\n${listed.join('\n')}\n\nWhat needs Python or Go is skipped where that is absent, unless CI=true.`,
    )
    .action((chosen: string[]) => {
      const { status } = spawnSync(join(__dirname, 'run'), chosen, { stdio: 'inherit' });
      process.exitCode = status ?? 1;
    }),
);
