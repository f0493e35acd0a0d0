import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { imageOf } from '../../../lib/support/image-of';
import { only } from './resources';

const root = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'keepsake-'));
const names = [
  'app',
  'docs',
  'lib',
  'scripts',
  'test',
  'Dockerfile',
  '.dockerignore',
  'package.json',
  'package-lock.json',
];
for (const name of names) cpSync(join(root, name), join(folder, name), { recursive: true });

afterAll(() => rmSync(folder, { recursive: true }));

/** The image that a task definition would run, with the hash of what it is made of. */
function image(): string {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'Stack');
  new FargateTaskDefinition(stack, 'Task').addContainer('Container', { image: imageOf(folder) });
  return JSON.stringify(
    only(Template.fromStack(stack), 'AWS::ECS::TaskDefinition').ContainerDefinitions[0].Image,
  );
}

test.each([
  'docs/architecture.md',
  'test/lib/support/image-of.test.ts',
  'lib/keepsake-stack.ts',
  'scripts/deploy.ts',
])('a change of %s starts no new containers', (file) => {
  const before = image();
  appendFileSync(join(folder, file), '\n');
  expect(image()).toBe(before);
});

test.each(['app/main.ts', 'Dockerfile', 'package-lock.json', 'scripts/build.js'])(
  'a change of %s makes a new image',
  (file) => {
    const before = image();
    appendFileSync(join(folder, file), '\n');
    expect(image()).not.toBe(before);
  },
);
