import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import express from 'express';
import { ROUTES } from '../../app/api';
import { createHttpServer } from '../../app/http/server';
import { CLOSING } from '../../app/lifecycle';
import { readSettings } from '../../app/settings';
import { keepsakeContainer } from '../../lib/keepsake-container';
import { scripts } from '../../package.json';
import { eventually } from '../support/eventually';
import { spawnContainer, startContainer } from '../support/process';
import { temporaryDirectory } from '../support/temporary';
import { only } from './support/resources';
import { stage } from './support/stages';

const { port, healthPath, user, sharedPath, scratchPath, startupDeadline, drain, closing, keepAlive } =
  keepsakeContainer;
const dockerfile = readFileSync(join(__dirname, '../../Dockerfile'), 'utf8');
const runtime = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

test('started by the image, the API has the port, the paths and the times that the stack counts on', () => {
  const [, lines = ''] = runtime.match(/\nENV ((?:.*\\\n)*.*)\n/) ?? [];
  const environment = Object.fromEntries(lines.split(/\s*\\?\n?\s+/).map((pair) => pair.split('=', 2)));
  expect(readSettings(environment)).toMatchObject({
    port,
    historyDir: sharedPath,
    generatedDir: scratchPath,
    drainSeconds: drain.toSeconds(),
    publishSeconds: startupDeadline.toSeconds(),
  });
});

test('npm start, the image and what compiles for it give V8 the same flags', () => {
  const flags = [...dockerfile.matchAll(/NODE_OPTIONS=(\S+)/g)].map(([, flag]) => flag);
  expect(flags).toEqual([flags[0], flags[0]]);
  expect(scripts.start).toContain(` ${flags[0]} `);
});

test('the image runs as the user', () => {
  expect(runtime).toContain(`\nUSER ${user}:${user}\n`);
});

test('the image exposes the port', () => {
  expect(runtime).toContain(`\nEXPOSE ${port}\n`);
});

test('both paths are volumes that belong to the user: Fargate would mount them as root', () => {
  expect(runtime).toContain(`\nVOLUME ["${sharedPath}", "${scratchPath}"]\n`);
  for (const path of [sharedPath, scratchPath]) {
    expect(runtime).toMatch(
      new RegExp(`\nCOPY --from=build --chown=${user}:${user} \\S+ ${dirname(path)}\n`),
    );
    expect(dockerfile).toMatch(new RegExp(`chmod 1777 .*/${basename(path)}\\b`));
  }
});

describe('the API by itself', () => {
  const settings = readSettings({});

  test('listens on the port', () => {
    expect(settings.port).toBe(port);
  });

  test('has the health path', () => {
    expect(ROUTES.map(({ path }) => path)).toContain(healthPath);
  });

  test('gives up as late as the health checks allow for', () => {
    expect(settings.publishSeconds).toBe(startupDeadline.toSeconds());
  });

  test('closes sooner than the stop timeout allows for', () => {
    expect(CLOSING).toBeLessThan(closing.toMilliseconds());
  });

  test('keeps silent connections for as long as the load balancer is told', () => {
    expect(createHttpServer(express()).keepAliveTimeout).toBe(keepAlive.toMilliseconds());
  });
});

describe("what the API logs, to the stack's metric filter", () => {
  const { FilterPattern: pattern } = only(stage('dev').template, 'AWS::Logs::MetricFilter');
  const [, field = '', value] = pattern.match(/^\{ \$\.(\w+) = "(\w+)" \}$/) ?? [];
  const isStorageError = (line: Record<string, unknown>) => line[field] === value;

  function directories() {
    const root = temporaryDirectory();
    return { HISTORY_DIR: join(root, 'history'), GENERATED_DIR: join(root, 'generated') };
  }

  test('is a storage error when the history cannot be written at the start', async () => {
    const environment = directories();
    writeFileSync(environment.HISTORY_DIR, 'a file where the directory should be');
    const { ended, log } = spawnContainer({ ...environment, PUBLISH_SECONDS: '1' });
    expect(await ended).toBe(1);
    const [line] = log.filter(isStorageError);
    expect(line).toMatchObject({ level: 'warn', msg: expect.stringContaining('Publishing') });
    expect(keepsakeContainer.warnings.join()).toContain(`"${line?.level}"`);
  });

  test('is a storage error when the history cannot be read, and none before', async () => {
    const environment = directories();
    const container = await startContainer(environment);
    expect((await container.ask('/files')).status).toBe(200);
    expect(container.log.filter(isStorageError)).toEqual([]);
    renameSync(environment.HISTORY_DIR, `${environment.HISTORY_DIR}-away`);
    await eventually(async () => expect((await container.ask('/files')).status).toBe(503));
    await eventually(() => {
      const [line] = container.log.filter(isStorageError);
      expect(line).toMatchObject({ level: 'error', url: '/files' });
      expect(keepsakeContainer.warnings.join()).toContain(`"${line?.level}"`);
    });
  });
});
