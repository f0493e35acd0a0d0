import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';

const root = join(__dirname, '../..');
const documents = [
  ...readdirSync(root),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`),
  'rehearsal/README.md',
].filter((path) => path.endsWith('.md'));

describe.each(documents)('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');

  it('names no command that does not exist', () => {
    const named = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it('names no file that does not exist', () => {
    const named = text.match(
      /(?<=`)(?:app|bench|bin|checks|deploy|docs|lib|rehearsal|scripts|test)\/[\w./-]+\w(?=`)/g,
    );
    expect((named ?? []).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
