import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fetch } from 'undici';
import { keepsakeContainer } from '../../../lib/keepsake-container';
import { eventually } from '../../support/eventually';
import {
  AS_ON_FARGATE,
  buildKitClient,
  describeDocker,
  docker,
  errorsOf,
  evaluate,
  IMAGE,
  inspect,
  logOf,
  published,
  run,
  withImage,
} from './docker';

const { port, user, healthPath, sharedPath, scratchPath, drain } = keepsakeContainer;
const root = join(__dirname, '../../..');
const BASE = 'gcr.io/distroless/nodejs26-debian13:nonroot';

async function listening(id: string): Promise<string> {
  await eventually(
    () => expect(logOf(id)).toContainEqual(expect.objectContaining({ event: 'listening' })),
    60,
  );
  return logOf(id).find(({ event }) => event === 'listening')?.file as string;
}

/** Waits until the engine says so of the container's health. */
const health = (id: string, status: string) =>
  eventually(() => expect(inspect(id).State.Health.Status).toBe(status), 60);

describeDocker('the image', () => {
  withImage();

  (buildKitClient ? it : it.skip)('is the same when BuildKit builds it', () => {
    const tag = `${IMAGE}-buildkit`;
    const build = ['build', '--quiet', '--network=host', `--tag=${tag}`, '.'];
    execFileSync(buildKitClient as string, build, {
      env: { ...process.env, DOCKER_BUILDKIT: '1' },
      cwd: root,
    });
    const { Env, Cmd, Entrypoint, User, WorkingDir, Volumes, ExposedPorts, Healthcheck } =
      inspect(IMAGE).Config;
    const image = inspect(tag);
    docker('image', 'rm', tag);
    const config = { Env, Cmd, Entrypoint, User, WorkingDir, Volumes, ExposedPorts, Healthcheck };
    expect(image.Config).toMatchObject(config);
    expect(image.Size - inspect(BASE).Size).toBeLessThan(5_000_000);
  });

  it('adds less than 5 MB to its base', () => {
    expect(inspect(IMAGE).Size - inspect(BASE).Size).toBeLessThan(5_000_000);
  });

  it('runs as the user, who is not root', () => {
    expect(inspect(IMAGE).Config.User).toBe(`${user}:${user}`);
    expect(evaluate('[process.getuid(), process.getgid()]')).toEqual([Number(user), Number(user)]);
  });

  it('holds the bundle, the page and what V8 compiled, and nothing else', () => {
    const files: string[] = evaluate(
      `fs.readdirSync('/app', { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => e.parentPath + '/' + e.name)`,
    );
    expect(files.filter((file) => !file.startsWith('/app/.compiled/')).toSorted()).toEqual([
      '/app/main.js',
      '/app/main.js.LEGAL.txt',
      '/app/web/icon.svg',
      '/app/web/index.html',
      '/app/web/page.css',
      '/app/web/page.js',
      '/app/web/sheet.html',
    ]);
  });

  it.each(['sh', 'bash', 'npm', 'npx'])('has no %s', (program) => {
    expect(() => docker('run', '--rm', `--entrypoint=${program}`, IMAGE)).toThrow(/not found/);
  });

  it('has no package of npm anywhere', () => {
    expect(
      evaluate(
        `['/', '/app', '/usr/lib', '/usr/local/lib', '/home/nonroot', '/nodejs', '/nodejs/lib'].filter((path) => fs.existsSync(path + '/node_modules'))`,
      ),
    ).toEqual([]);
  });

  it.each([sharedPath, scratchPath])(
    'gives %s to the user when a volume is mounted there, as Fargate does',
    (path) => {
      const [uid, mode] = evaluate(
        `[fs.statSync('${path}').uid, fs.statSync('${path}').mode & 0o777]`,
        '--volume',
        path,
      );
      expect([uid, mode]).toEqual([Number(user), 0o777]);
    },
  );

  it('starts from what V8 has compiled for it', async () => {
    const id = run('--env=NODE_DEBUG_NATIVE=COMPILE_CACHE', ...AS_ON_FARGATE, IMAGE);
    await listening(id);
    expect(errorsOf(id)).toMatch(/\/app\/main\.js was accepted/);
  });

  it.each(['::', '::1', '0.0.0.0', '127.0.0.1'])(
    'makes no file where its port is taken on %s',
    async (host) => {
      const other = createServer().listen({ port: 0, host, ipv6Only: true });
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const id = run('--network=host', `--env=PORT=${port}`, IMAGE);
      expect(docker('wait', id).trim()).toBe('1');
      other.close();
      const msg = `Port ${port} is taken by another program. End that program, or set PORT to a free port.`;
      expect(logOf(id)).toEqual([expect.objectContaining({ event: 'failed', msg })]);
      const paths = [sharedPath, scratchPath].map((path) => `fs.readdirSync('${path}')`);
      expect(evaluate(`[${paths}].flat()`, `--volumes-from=${id}`)).toEqual([]);
    },
  );

  it('tells the engine whether it answers', async () => {
    // Without an init, the process that is stopped is the server.
    const id = run('--health-interval=1s', '--health-retries=1', IMAGE);
    await health(id, 'healthy');
    docker('kill', '--signal=STOP', id);
    await health(id, 'unhealthy');
  });

  describe('under the limits of the task', () => {
    it('serves, and is healthy', async () => {
      const id = run(...AS_ON_FARGATE, '--health-interval=1s', '--publish=127.0.0.1::8080', IMAGE);
      const file = await listening(id);
      expect(await (await fetch(`${published(id, port)}/file`)).json()).toMatchObject({ file });
      await health(id, 'healthy');
    });

    it('has no capability, and nothing to write to but its two volumes', () => {
      const status = "fs.readFileSync('/proc/self/status', 'utf8')";
      expect(evaluate(`${status}.match(/CapBnd:\\s+(\\w+)/)[1]`, ...AS_ON_FARGATE)).toMatch(/^0+$/);
      const writable = `['/', '/app', '/tmp', '/home/nonroot', '${sharedPath}', '${scratchPath}'].filter((path) => {
        try { fs.writeFileSync(path + '/probe', ''); return true } catch { return false }
      })`;
      expect(evaluate(writable, ...AS_ON_FARGATE)).toEqual([sharedPath, scratchPath]);
    });

    it('drains when it is told to stop, and exits with 0', async () => {
      const id = run(...AS_ON_FARGATE, '--publish=127.0.0.1::8080', IMAGE);
      await listening(id);
      const url = published(id, port);
      docker('kill', '--signal=TERM', id);
      await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(503));
      const answer = await fetch(url + healthPath);
      expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
      expect(docker('wait', id).trim()).toBe('0');
      const { StartedAt, FinishedAt } = inspect(id).State;
      expect(Date.parse(FinishedAt) - Date.parse(StartedAt)).toBeGreaterThan(drain.toMilliseconds());
    });

    it('runs as Heroku runs it: any user, a PORT of its own, no volume', async () => {
      const id = run(
        '--user=48211',
        '--env=PORT=33607',
        '--health-interval=1s',
        '--publish=127.0.0.1::33607',
        IMAGE,
      );
      const file = await listening(id);
      expect(await (await fetch(`${published(id, 33607)}/file`)).json()).toMatchObject({ file });
      await health(id, 'healthy');
      docker('stop', '--time=30', id);
      expect(inspect(id).State.ExitCode).toBe(0);
    });
  });
});
