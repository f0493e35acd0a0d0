import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROUTES } from '../app/api';
import { readSettings } from '../app/settings';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

/** The variables that `readSettings` reads, as it reads them, with their defaults. */
function settings(): [name: string, fallback: string][] {
  const names: string[] = [];
  const defaults = readSettings(new Proxy({}, { get: (_, name) => void names.push(String(name)) }));
  return Object.values(defaults).map((value, index) => [
    names[index] as string,
    String(value).startsWith('/') ? `\`${relative('', value as string)}\`` : String(value),
  ]);
}

test.each(settings())('the README has a row for the setting %s, with its default', (name, fallback) => {
  expect(readme).toContain(`\n| \`${name}\` | ${fallback} | `);
});

test.each(ROUTES.filter(({ tag }) => tag !== 'Page'))(
  'a test in test/app/routes asks for $path',
  ({ path }) => {
    const folder = join(__dirname, 'app/routes');
    const tests = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const [fixed = ''] = path.split('{');
    expect(tests.filter((text) => text.includes(`'${fixed}`) || text.includes(`\`${fixed}`))).not.toEqual([]);
  },
);
