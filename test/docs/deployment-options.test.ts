import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'docs/deployment-options.md'), 'utf8');
const all = (pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, found]) => found as string)),
];

describe('docs/deployment-options.md', () => {
  it.each(all(/npm run ([a-z:]+)/g))('names npm run %s, which exists', (name) => {
    expect(scripts).toHaveProperty([name]);
  });

  it.each(all(/((?:\.github|deploy|docs|lib|scripts|test)\/[\w./-]+\.\w+)/g))(
    'names %s, which exists',
    (path) => {
      expect(existsSync(join(root, path))).toBe(true);
    },
  );

  it('begins with a table of ten ways, each with its section in the same order', () => {
    const linked = all(/^\| \[[^\]]+\]\(#([\w-]+)\)/gm);
    const anchors = all(/^## (.+)$/gm).map((title) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(linked).toHaveLength(10);
    expect(anchors.filter((anchor) => linked.includes(anchor))).toEqual(linked);
  });
});
