import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Container, startContainer } from '../support/process';
import { runScript } from '../support/script';
import { temporaryDirectory } from '../support/temporary';

interface State {
  user?: string;
  apps?: string[];
  taken?: string;
}

/** A repository of its own with one commit, Heroku's Git server as a directory, and a stand-in for Heroku's command line. */
function surroundings(url: string, state: State = {}) {
  const directory = temporaryDirectory();
  const [work, server, bin, file] = ['work', 'server', 'bin', 'state'].map((name) => join(directory, name));
  const run = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim();
  const at = (...args: string[]) => run('-C', work as string, ...args);
  run('init', '--quiet', work as string);
  execFileSync('mkdir', [bin as string]);
  symlinkSync(join(__dirname, 'support/heroku.js'), join(bin as string, 'heroku'));
  writeFileSync(file as string, JSON.stringify({ user: 'me@example.com', apps: [], url, ...state }));
  const commit = (text: string) => {
    writeFileSync(join(work as string, 'Dockerfile'), text);
    at('add', '.');
    at('-c', 'user.name=me', '-c', 'user.email=me@example.com', 'commit', '--quiet', '--message', text);
    return at('rev-parse', 'HEAD');
  };
  commit('FROM scratch');
  for (const app of ['app', 'app-staging']) run('init', '--quiet', '--bare', `${server}/${app}.git`);
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HEROKU_STATE: file as string,
    GIT_DIR: `${work}/.git`,
    GIT_WORK_TREE: work as string,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.${server}/.insteadOf`,
    GIT_CONFIG_VALUE_0: 'https://git.heroku.com/',
  };
  return {
    env,
    work: work as string,
    commit,
    head: () => at('rev-parse', 'HEAD'),
    heroku: (...args: string[]) => runScript('scripts/heroku.ts', args, env).ended,
    calls: () => readFileSync(`${file}.calls`, 'utf8').trim().split('\n'),
    deployed: (app: string) => run('-C', `${server}/${app}.git`, 'rev-parse', 'main'),
  };
}

describe('npm run heroku', () => {
  let container: Container;
  beforeAll(async () => {
    const HISTORY_DIR = temporaryDirectory();
    container = await startContainer({ HISTORY_DIR, GENERATED_DIR: temporaryDirectory() });
  });

  it('makes the app, pushes the commit, runs one web dyno and asks it whether it works', async () => {
    const { heroku, calls, deployed, head } = surroundings(container.origin);
    const { code, output } = await heroku('app');
    expect(output).toMatch(/^Deploying [0-9a-f]{7} to app…\n/);
    expect(output).toMatch(/ passed, 0 failed at /);
    expect(code).toBe(0);
    expect(deployed('app')).toBe(head());
    expect(calls()).toEqual([
      'auth:whoami',
      'apps:info app --json',
      'apps:create app --no-remote',
      'stack:set container --app app',
      'ps:scale web=1 --app app',
      'ps:wait --app app',
      'apps:info app --json',
    ]);
  });

  it('makes nothing again when it is repeated', async () => {
    const { heroku, calls } = surroundings(container.origin);
    await heroku('app');
    const before = calls().length;
    const { code, output } = await heroku('app');
    expect(output).toMatch(/Everything up-to-date/);
    expect(code).toBe(0);
    expect(calls().slice(before)).toEqual([
      'auth:whoami',
      'apps:info app --json',
      'stack:set container --app app',
      'ps:scale web=1 --app app',
      'ps:wait --app app',
      'apps:info app --json',
    ]);
  });

  it('promotes the commit that was deployed to staging, whatever was committed or changed since', async () => {
    const { heroku, head, commit, deployed, work } = surroundings(container.origin);
    const staged = head();
    await heroku('app-staging');
    commit('FROM elsewhere');
    writeFileSync(join(work, 'Dockerfile'), 'FROM nowhere');
    expect((await heroku('app', '--from', 'app-staging')).code).toBe(0);
    expect(deployed('app')).toBe(staged);
  });

  it('fails when what it has deployed does not answer', async () => {
    const { code, output } = await surroundings('http://127.0.0.1:9').heroku('app');
    expect(output).toMatch(/nothing answers at http:\/\/127\.0\.0\.1:9/);
    expect(code).toBe(1);
  });

  it('fails with the reason of Heroku when the name belongs to somebody else', async () => {
    const { code, output } = await surroundings(container.origin, { taken: 'app' }).heroku('app');
    expect(output).toMatch(
      /Name app is already taken.*\nheroku: heroku apps:create .* failed; its reason is above\n$/s,
    );
    expect(code).toBe(1);
  });

  it('fails when Heroku refuses the push, and scales nothing', async () => {
    const { env, heroku, calls } = surroundings(container.origin);
    rmSync(join(env.GIT_WORK_TREE, '../server/app.git'), { recursive: true });
    const { code, output } = await heroku('app');
    expect(output).toMatch(/\nheroku: git .*push .* failed; its reason is above\n$/);
    expect(code).toBe(1);
    expect(calls().join()).not.toMatch(/ps:scale/);
  });

  describe('says in one line, before it changes anything, that', () => {
    it.each([
      [[], "missing required argument 'app'; usage: npm run heroku -- [options] <app>"],
      [['My_App'], '"My_App" is no name of an app: 3 to 30 lowercase letters, digits and dashes'],
      [['app', '--from=-'], '"-" is no name of an app: 3 to 30 lowercase letters, digits and dashes'],
    ])('it cannot take %j', async (args, message) => {
      const { code, output } = await surroundings(container.origin).heroku(...args);
      expect([code, output]).toEqual([2, `heroku: ${message}\n`]);
    });

    it('the command line of Heroku is missing', async () => {
      const { ended } = runScript('scripts/heroku.ts', ['app'], { PATH: temporaryDirectory() });
      const { code, output } = await ended;
      expect(output).toMatch(/^heroku: heroku is not installed; see https:\/\/\S+\n$/);
      expect(code).toBe(2);
    });

    it('nobody is logged in', async () => {
      const { code, output } = await surroundings(container.origin, { user: '' }).heroku('app');
      expect([code, output]).toEqual([2, 'heroku: not logged in to Heroku; run heroku login\n']);
    });

    it('there are changes that a push would leave out', async () => {
      const { heroku, work, calls } = surroundings(container.origin);
      writeFileSync(join(work, 'new.ts'), '');
      const { code, output } = await heroku('app');
      expect(output).toMatch(/^heroku: there are changes that are not committed.*\n$/);
      expect([code, calls()]).toEqual([2, ['auth:whoami']]);
    });

    it('there is nothing in staging to promote', async () => {
      const { code, output } = await surroundings(container.origin).heroku('app', '--from=app-staging');
      expect(output).toBe('heroku: app-staging was never deployed; run npm run heroku -- app-staging\n');
      expect(code).toBe(1);
    });
  });
});

describe('heroku.yml', () => {
  const text = readFileSync(join(__dirname, '../../heroku.yml'), 'utf8');

  it('builds the web process from the Dockerfile, and leaves what is run to it', () => {
    expect(parse(text)).toEqual({ build: { docker: { web: 'Dockerfile' } } });
  });
});
