import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../app/settings';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path}`);

/** The variables that `readSettings` reads, as it reads them. */
function settingNames(): string[] {
  const names: string[] = [];
  readSettings(new Proxy({}, { get: (_, name) => void names.push(String(name)) }));
  return names;
}

describe('the repository', () => {
  it.each(settingNames())('documents the setting %s in the README', (name) => {
    expect(read('README.md')).toContain(`| \`${name}\` |`);
  });

  it.each(['app', 'bin', 'lib', 'scripts'].flatMap(sources))(
    'keeps %s to one concept, in 160 lines',
    (path) => {
      expect(read(path).split('\n').length).toBeLessThanOrEqual(160);
    },
  );
});
