import { spawnSync } from 'node:child_process';
import { CommandError, command as start } from './containers/command';
import { command, Failure, run } from './support/command-line';

const HEROKU_CLI = 'https://devcenter.heroku.com/articles/heroku-cli';
const remoteOf = (app: string) => `https://git.heroku.com/${app}.git`;

function appName(name: string): string {
  if (/^[a-z][a-z0-9-]{1,28}[a-z0-9]$/.test(name)) return name;
  throw new Failure(`"${name}" is no name of an app: 3 to 30 lowercase letters, digits and dashes`, 2);
}

/** Runs Heroku's command line. @throws Failure with its reason, which comes before an id and after warnings. */
function heroku(...args: string[]): string {
  const { error, status, stdout, stderr } = spawnSync('heroku', args, { encoding: 'utf8' });
  if (error) throw new Failure(`the Heroku CLI is not installed; see ${HEROKU_CLI}`, 2);
  if (status === 0) return stdout;
  const lines = stderr.split('\n').map((line) => line.replace(/^[\s›▸!]+/u, '').replace(/^Error: /, ''));
  const reason = lines.find((line) => line && !/^(Warning|Creating)/.test(line));
  throw new Failure(reason ?? `heroku ${args[0]} ended with code ${status}`);
}

/** Git with the credentials of whoever is logged in to Heroku, as its command line gives them to Git. */
const GIT = ['-c', 'credential.https://git.heroku.com.helper=!heroku git:credentials'];
const git = (...args: string[]) => start('git', [...GIT, ...args]);

/** What one of these programs refuses means this. */
function meaning(message: string, exitCode = 1) {
  return (error: Error): never => {
    throw error instanceof CommandError ? new Failure(message, exitCode) : error;
  };
}

/** The commit to deploy: the one checked out, or the one that `from` was deployed with. */
async function commitFor(from: string | undefined): Promise<string> {
  if (!from) return (await git('rev-parse', 'HEAD')).trim();
  const [commit] = (await git('ls-remote', remoteOf(from), 'refs/heads/main')).split('\t');
  if (!commit) throw new Failure(`${from} was never deployed; run npm run heroku -- ${from}`);
  const missing = `${from} was deployed with ${commit.slice(0, 7)}, which is not in this clone; run git fetch`;
  await git('cat-file', '-e', `${commit}^{commit}`).catch(meaning(missing));
  return commit;
}

/** Makes the app if there is none of this name. @returns its URL */
function prepare(app: string): string {
  const { web_url, stack, build_stack = stack } = describe(app) ?? create(app);
  // Else Heroku would look for a buildpack, and leave the Dockerfile alone.
  if (build_stack.name !== 'container') heroku('stack:set', 'container', '--app', app);
  return web_url;
}

// biome-ignore lint/suspicious/noExplicitAny: Heroku's own format.
function describe(app: string): any {
  try {
    return JSON.parse(heroku('apps:info', app, '--json')).app;
  } catch (error) {
    if (/find that app/i.test((error as Error).message)) return undefined;
    throw error;
  }
}

function create(app: string) {
  console.log(`Making the app ${app}…`);
  heroku('apps:create', app, '--stack', 'container', '--no-remote');
  return describe(app);
}

async function deploy(app: string, { from }: { from?: string }): Promise<void> {
  try {
    heroku('auth:whoami');
  } catch (error) {
    throw (error as Failure).exitCode === 2
      ? error
      : new Failure('not logged in to Heroku; run heroku login', 2);
  }
  const noClone = 'this is no Git repository; Heroku builds what is pushed to it';
  const changes = await git('status', '--porcelain').catch(meaning(noClone, 2));
  if (changes && !from) {
    throw new Failure('there are changes that are not committed, and Heroku builds commits; commit them', 2);
  }
  const commit = await commitFor(from);
  const url = prepare(app);
  console.log(`Deploying ${commit.slice(0, 7)} to ${app}…`);
  // Shown as it comes: Heroku builds the image meanwhile. A failed build refuses the push.
  const push = ['push', remoteOf(app), `${commit}:refs/heads/main`];
  if (spawnSync('git', [...GIT, ...push], { stdio: 'inherit' }).status !== 0) {
    throw new Failure(`git push to ${app} failed; its reason is above`);
  }
  // One: the history of a dyno is its own, and two would show different ones in turn.
  heroku('ps:scale', 'web=1', '--app', app);
  heroku('ps:wait', '--app', app);
  console.log(`Keepsake answers at ${url}`);
  const { smoke }: typeof import('./smoke/smoke') = require('./smoke/smoke');
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
