import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';

const root = join(__dirname, '../..');
const documents = [
  ...readdirSync(root),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`),
  'rehearsal/README.md',
].filter((path) => path.endsWith('.md'));

test.each(documents)('%s names no command that does not exist', (path) => {
  const named = [...readFileSync(join(root, path), 'utf8').matchAll(/npm run (?:--silent )?([\w:]+)/g)];
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named.map(([, name]) => name)));
});
