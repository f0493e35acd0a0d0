import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fetch } from 'undici';
import { Load } from '../../../rehearsal/load';
import { routes } from '../../../rehearsal/routes';
import { reasons, Timeline } from '../../../rehearsal/timeline';
import { eventually } from '../../support/eventually';
import { runScript } from '../../support/script';
import { describeDocker, docker } from './docker';
import { engineWith } from './engine';
import { pushed } from './registry';

const PROJECT = 'keepsake-test-up';
const PORT = '18099';
const ORIGIN = `http://localhost:${PORT}`;
const NAME = /include-me-[0-9a-f-]{36}\.txt/g;

const env = (more = {}) => ({ COMPOSE_PROJECT_NAME: PROJECT, KEEPSAKE_PORT: PORT, ...more });
const up = (args: string[] = [], more = {}) => runScript('scripts/up.ts', args, env(more));
const down = (...args: string[]) => runScript('scripts/down.ts', args, env()).ended;

const ofProject = `label=com.docker.compose.project=${PROJECT}`;
const containers = () =>
  docker('ps', '--quiet', '--filter', ofProject).split('\n').filter(Boolean).toSorted();
const volumes = () => docker('volume', 'ls', '--quiet', '--filter', ofProject).trim();

describeDocker('npm run up and npm run down', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    await down('--purge');
  });

  it('deploy, change nothing when repeated, keep the history, and delete it when told so', async () => {
    const first = await up().ended;
    expect(first.output).toContain(`Keepsake answers at ${ORIGIN}\n`);
    expect(first.code).toBe(0);
    const running = containers();
    expect(running).toHaveLength(4);
    expect(new Set(first.output.match(NAME)).size).toBe(3);
    expect((await up().ended).output.match(NAME)).toEqual(first.output.match(NAME));
    expect(containers()).toEqual(running);

    const fewer = await up(['--replicas', '2']).ended;
    expect(fewer.output.match(NAME)).toHaveLength(2);
    expect(await down()).toMatchObject({ code: 0, output: expect.stringContaining('The history is kept') });
    expect(containers()).toEqual([]);

    const again = await up(['--replicas', '1']).ended;
    expect(again.code).toBe(0);
    const { files } = (await (await fetch(`${ORIGIN}/files`)).json()) as { files: string[] };
    expect(files.toSorted()).toEqual(first.output.match(NAME)?.toSorted());
    expect((await down('--purge')).output).toContain('and with it the history.');
    expect([containers(), volumes()]).toEqual([[], '']);
  });

  describe('with another image', () => {
    const newer = { KEEPSAKE_IMAGE: 'keepsake-test-newer' };
    afterAll(() => docker('image', 'rm', '--force', newer.KEEPSAKE_IMAGE));

    it('replaces every replica three times, while no request fails', async () => {
      const [file = ''] = (await up().ended).output.match(NAME) ?? [];
      const id = docker('create', 'keepsake').trim();
      docker('commit', '--change=LABEL newer=true', id, newer.KEEPSAKE_IMAGE);
      docker('rm', '--volumes', id);
      const before = containers();
      const timeline = new Timeline();
      const load = new Load(ORIGIN, routes(file), timeline).atRate(200);
      for (const image of [newer, {}, newer]) expect((await up([], image).ended).code).toBe(0);
      await load.stop();
      expect(timeline.samples.length).toBeGreaterThan(1000);
      expect(reasons(timeline.failures)).toBe('');
      // The load balancer stays.
      expect(containers().filter((container) => before.includes(container))).toHaveLength(1);
      expect(containers()).toHaveLength(4);
    });

    it('replaces nothing when the image has only another name, and keeps the number of replicas', async () => {
      await up(['--replicas', '2']).ended;
      const running = containers();
      docker('tag', 'keepsake', newer.KEEPSAKE_IMAGE);
      expect((await up([], newer).ended).code).toBe(0);
      expect(containers()).toEqual(running);
    });
  });

  it('says that the port is taken, and leaves nothing behind', async () => {
    const server = createServer().listen(Number(PORT));
    servers.push(server);
    await once(server, 'listening');
    const { code, output } = await up().ended;
    expect(output).toBe(`up: port ${PORT} is taken; choose another with KEEPSAKE_PORT=8080 npm run up\n`);
    expect(code).toBe(1);
    expect([containers(), volumes()]).toEqual([[], '']);
  });

  describe('with an image that ends at once', () => {
    const broken = { KEEPSAKE_IMAGE: 'keepsake-test-broken' };
    beforeAll(async () => {
      await up().ended;
      const id = docker('create', '--env=PORT=none', 'keepsake').trim();
      docker('commit', '--change=ENV PORT=none', id, broken.KEEPSAKE_IMAGE);
      docker('rm', '--volumes', id);
      await down('--purge');
    });
    afterAll(() => docker('image', 'rm', '--force', broken.KEEPSAKE_IMAGE));

    it('says why, and leaves nothing behind', async () => {
      const { code, output } = await up([], broken).ended;
      expect(output.split('\n').at(-2)).toMatch(
        /^up: .*api.\d does not stay up: PORT is "none", but must be .*; nothing is left running$/,
      );
      expect(code).toBe(1);
      expect([containers(), volumes()]).toEqual([[], '']);
    });

    it('leaves what ran before alone', async () => {
      await up(['--replicas', '2']).ended;
      const running = containers();
      const { code, output } = await up([], broken).ended;
      expect(output).toContain('; what ran before runs again\n');
      expect(code).toBe(1);
      expect(containers()).toEqual(running);
      expect((await fetch(`${ORIGIN}/file`)).status).toBe(200);
    });

    it('leaves alone what ran before under the name of a digest', async () => {
      const digest = await pushed('keepsake');
      await up(['--replicas', '1'], { KEEPSAKE_IMAGE: digest }).ended;
      const running = containers();
      const { output } = await up([], broken).ended;
      expect(output).toContain('; what ran before runs again\n');
      expect(containers()).toEqual(running);
      docker('image', 'rm', '--force', digest);
    });
  });

  it('says how to see why the image does not build, and leaves nothing behind', async () => {
    // Docker asks for a build by the first, and with BuildKit by the second.
    const DOCKER_HOST = await engineWith(({ method, url = '' }, outgoing) => {
      const refused = method === 'POST' && /\/(build\?|session$|grpc$)/.test(url);
      if (refused)
        outgoing.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message":"refused"}');
      return refused;
    });
    const { code, output } = await up([], { DOCKER_HOST }).ended;
    expect(output).toMatch(
      /^Building the image…\nup: .*; docker build --network=host \. shows why; nothing is left running\n$/,
    );
    expect(code).toBe(1);
    expect([containers(), volumes()]).toEqual([[], '']);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const run = up();
    await eventually(() => expect(containers().length).toBeGreaterThan(0), 120);
    run.process.kill('SIGINT');
    const { code, output } = await run.ended;
    expect(output.split('\n').at(-2)).toBe('up: interrupted; nothing is left running');
    expect(code).toBe(130);
    expect([containers(), volumes()]).toEqual([[], '']);
  });

  it('says that the engine does not answer', async () => {
    const { code, output } = await up([], { DOCKER_HOST: 'unix:///nowhere/docker.sock' }).ended;
    expect(output).toBe('up: Docker does not answer; start it\n');
    expect(code).toBe(1);
  });
});
