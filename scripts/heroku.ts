import { spawnSync } from 'node:child_process';
import { command, Failure, run } from './support/command-line';

const remoteOf = (app: string) => `https://git.heroku.com/${app}.git`;
/** Git with the credentials of whoever is logged in to Heroku, as its command line gives them to Git. */
const GIT = ['-c', 'credential.https://git.heroku.com.helper=!heroku git:credentials'];

function appName(name: string): string {
  if (/^[a-z][a-z0-9-]{1,28}[a-z0-9]$/.test(name)) return name;
  throw new Failure(`"${name}" is no name of an app: 3 to 30 lowercase letters, digits and dashes`, 2);
}

/** What a program answers; undefined when it refuses. */
function ask(program: 'git' | 'heroku', ...args: string[]): string | undefined {
  const { error, status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  if (error)
    throw new Failure(`${program} is not installed; see https://devcenter.heroku.com/articles/heroku-cli`, 2);
  return status === 0 ? stdout : undefined;
}

/** Runs a program that shows what it does as it does it. */
function show(program: 'git' | 'heroku', ...args: string[]): void {
  if (spawnSync(program, args, { stdio: 'inherit' }).status === 0) return;
  throw new Failure(`${program} ${args.join(' ')} failed; its reason is above`);
}

function commitHere(): string {
  if (ask('git', 'status', '--porcelain') === '') return ask('git', 'rev-parse', 'HEAD')?.trim() ?? '';
  throw new Failure('there are changes that are not committed, and Heroku builds commits; commit them', 2);
}

function commitOf(app: string): string {
  const [commit] = (ask('git', ...GIT, 'ls-remote', remoteOf(app), 'refs/heads/main') ?? '').split('\t');
  if (commit) return commit;
  throw new Failure(`${app} was never deployed; run npm run heroku -- ${app}`);
}

async function deploy(app: string, { from }: { from?: string }): Promise<void> {
  const { smoke }: typeof import('./smoke/smoke') = require('./smoke/smoke');

  if (!ask('heroku', 'auth:whoami')) throw new Failure('not logged in to Heroku; run heroku login', 2);
  const commit = from ? commitOf(from) : commitHere();
  const describe = () => ask('heroku', 'apps:info', app, '--json');
  if (!describe()) show('heroku', 'apps:create', app, '--no-remote');
  // Else Heroku would look for a buildpack, and leave the Dockerfile alone.
  show('heroku', 'stack:set', 'container', '--app', app);
  console.log(`Deploying ${commit.slice(0, 7)} to ${app}…`);
  // Heroku builds the image meanwhile. A failed build refuses the push.
  show('git', ...GIT, 'push', remoteOf(app), `${commit}:refs/heads/main`);
  // One: the history of a dyno is its own, and two would show different ones in turn.
  show('heroku', 'ps:scale', 'web=1', '--app', app);
  show('heroku', 'ps:wait', '--app', app);
  const url = JSON.parse(describe() ?? '{}').app?.web_url;
  console.log(`Keepsake answers at ${url}`);
  await smoke(new URL(url).origin);
}

run(
  command('heroku', {
    examples: ['npm run heroku -- my-app', 'npm run heroku -- my-app --from my-app-staging'],
    exitCodes: {
      0: 'deployed, and it answers as it should; repeated, nothing changes',
      1: 'the deployment failed, or does not answer as it should',
      2: 'something is missing or wrong; nothing was changed',
    },
  })
    .argument('<app>', 'the app, made if there is none', appName)
    // Heroku does not promote containers from one app of a pipeline to the next (heroku/roadmap#222).
    .option(
      '--from <app>',
      'deploy the commit that this app was deployed with, not the one checked out',
      appName,
    )
    .action(deploy),
);
