import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { keepsakeContainer } from '../../lib/keepsake-container';

const { port, user, sharedPath, scratchPath, drain } = keepsakeContainer;
const dockerfile = readFileSync(join(__dirname, '../../Dockerfile'), 'utf8');
const runtime = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

test.each([
  ['PORT', port],
  ['HISTORY_DIR', sharedPath],
  ['GENERATED_DIR', scratchPath],
  ['DRAIN_SECONDS', drain.toSeconds()],
])('the image sets %s to %s', (name, value) => {
  expect(runtime).toMatch(new RegExp(`\\b${name}=${value}(\\s|$)`));
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
