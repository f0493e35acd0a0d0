import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHttpServer } from '../../app/http/server';
import { readSettings } from '../../app/settings';
import { keepsakeContainer } from '../../lib/keepsake-container';

const { port, user, sharedPath, scratchPath, drain, startupDeadline, keepAlive } = keepsakeContainer;
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

test('the API keeps a silent connection for as long as the stack counts on', () => {
  expect(createHttpServer(() => {}).keepAliveTimeout).toBe(keepAlive.toMilliseconds());
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
    expect(runtime).toMatch(new RegExp(`\nCOPY --from=build --chown=${user}:${user} \\S+ ${path}\n`));
  }
});
