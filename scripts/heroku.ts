/**
 * Deploys what is committed to Heroku, and asks it from the outside whether it works: `npm run heroku -- my-app`. With
 * `--from my-app-staging` it deploys the commit that was last deployed there: Heroku does not promote containers from
 * one app of a pipeline to the next (heroku/roadmap#222).
 *
 * Repeated, it changes nothing. Exits 2 and says in one line what is missing before it changes anything; 1 when the
 * deployment fails, or does not answer as it should.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, command } from './containers/command';
import { exitWith } from './exit-with';
import { Failure } from './support/command-line';

const USAGE = 'usage: npm run heroku -- APP [--from STAGING]';
const remoteOf = (app: string) => `https://git.heroku.com/${app}.git`;

interface Wish {
  readonly app: string;
  /** Deploy what this app was deployed with. @default what is checked out here */
  readonly from: string | undefined;
}

function readWish(args: string[]): Wish {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: { type: 'string' } },
  });
  const [app, ...more] = positionals;
  if (!app || more.length > 0) throw new Failure(USAGE);
  for (const name of [app, values.from ?? app]) {
    if (/^[a-z][a-z0-9-]{1,28}[a-z0-9]$/.test(name)) continue;
    throw new Failure(
      `${JSON.stringify(name)} is no name of an app: 3 to 30 lowercase letters, digits and dashes`,
    );
  }
  return { app, from: values.from };
}

/** Runs Heroku's command line. @throws Failure with its reason, which comes before an id and after warnings. */
function heroku(...args: string[]): string {
  const { error, status, stdout, stderr } = spawnSync('heroku', args, { encoding: 'utf8' });
  if (error) throw error;
  if (status === 0) return stdout;
  const lines = stderr.split('\n').map((line) => line.replace(/^[\s›▸!]+/u, '').replace(/^Error: /, ''));
  const reason = lines.find((line) => line && !/^(Warning|Creating)/.test(line));
  throw new Failure(reason ?? `heroku ${args[0]} ended with code ${status}`);
}

/** Git with the credentials of whoever is logged in to Heroku, as its command line gives them to Git. */
const GIT = ['-c', 'credential.https://git.heroku.com.helper=!heroku git:credentials'];
const git = (...args: string[]) => command('git', [...GIT, ...args]);

/** @throws Failure with what keeps a deployment from beginning. */
async function preflight({ from }: Wish): Promise<void> {
  try {
    heroku('auth:whoami');
  } catch (error) {
    if (error instanceof Failure) throw new Failure('not logged in to Heroku; run heroku login');
    throw new Failure(
      'the Heroku CLI is not installed; see https://devcenter.heroku.com/articles/heroku-cli',
    );
  }
  const changes = await git('status', '--porcelain').catch(() => {
    throw new Failure('this is no Git repository; Heroku builds what is pushed to it');
  });
  if (changes && !from)
    throw new Failure('there are changes that are not committed, and Heroku builds commits; commit them');
}

/** The commit to deploy. @throws Failure when `from` was never deployed, or its commit is not in this clone. */
async function commitFor({ from }: Wish): Promise<string> {
  if (!from) return (await git('rev-parse', 'HEAD')).trim();
  const [commit] = (await git('ls-remote', remoteOf(from), 'refs/heads/main')).split('\t');
  if (!commit) throw new Failure(`${from} was never deployed; run npm run heroku -- ${from}`);
  await git('cat-file', '-e', `${commit}^{commit}`).catch(() => {
    throw new Failure(
      `${from} was deployed with ${commit.slice(0, 7)}, which is not in this clone; run git fetch`,
    );
  });
  return commit;
}

/** Makes the app if there is none of this name. @returns its URL */
function prepare(app: string): string {
  const { web_url, stack, build_stack = stack } = appNamed(app) ?? create(app);
  // Else Heroku would look for a buildpack, and leave the Dockerfile alone.
  if (build_stack.name !== 'container') heroku('stack:set', 'container', '--app', app);
  return web_url;
}

// biome-ignore lint/suspicious/noExplicitAny: Heroku's own format.
function appNamed(app: string): any {
  try {
    return JSON.parse(heroku('apps:info', app, '--json')).app;
  } catch (error) {
    if (error instanceof Failure && /find that app/i.test(error.message)) return undefined;
    throw error;
  }
}

function create(app: string) {
  console.log(`Making the app ${app}…`);
  heroku('apps:create', app, '--stack', 'container', '--no-remote');
  return appNamed(app);
}

async function deploy(wish: Wish): Promise<number> {
  const { app } = wish;
  const commit = await commitFor(wish);
  const url = prepare(app);
  console.log(`Deploying ${commit.slice(0, 7)} to ${app}…`);
  // Shown as it comes: Heroku builds the image meanwhile. A failed build refuses the push.
  const push = spawnSync('git', [...GIT, 'push', remoteOf(app), `${commit}:refs/heads/main`], {
    stdio: 'inherit',
  });
  if (push.status !== 0) throw new Failure(`git push to ${app} failed; its reason is above`);
  // One: the history of a dyno is its own, and two would show different ones in turn.
  heroku('ps:scale', 'web=1', '--app', app);
  heroku('ps:wait', '--app', app);
  console.log(`Keepsake answers at ${url}`);
  const smoke = ['--import', 'tsx', join(__dirname, 'smoke.ts'), url];
  return spawnSync(process.execPath, smoke, { stdio: 'inherit' }).status ?? 1;
}

async function main(): Promise<number> {
  let code = 2;
  try {
    const wish = readWish(process.argv.slice(2));
    await preflight(wish);
    code = 1;
    return await deploy(wish);
  } catch (error) {
    // What parseArgs refuses is a TypeError with a code.
    if (!(error instanceof Failure || error instanceof CommandError || (error as { code?: string }).code))
      throw error;
    console.error(`heroku: ${(error as Error).message}`);
    return code;
  }
}

exitWith(main());
