import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ciResources, stageResources, typesOf } from '../../../scripts/policies/deployed-templates';
import { temporaryDirectory } from '../../support/temporary';

/** A Python environment with schemas for what is deployed, in which each type needs what `permissions` says. */
export function schemas(
  permissions: (type: string) => string[],
  types = typesOf(...stageResources(), ciResources()),
): string {
  const environment = temporaryDirectory();
  const folder = join(environment, 'lib/python3/site-packages/cfnlint/data/schemas');
  mkdirSync(join(folder, 'providers'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const hashes = Object.fromEntries(types.map((type, index) => [type, `${index}`]));
  writeFileSync(join(folder, 'providers/us-east-1.json'), JSON.stringify(hashes));
  for (const [type, hash] of Object.entries(hashes)) {
    const handlers = { create: { permissions: permissions(type) } };
    writeFileSync(join(folder, `resources/${hash}.json`), JSON.stringify({ handlers }));
  }
  return environment;
}
