import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scripts } from '../../package.json';
import { isAsSaid } from '../../scripts/check-readme';
import { anchorsOf, commandBlocks, documents, readDocument } from '../../scripts/documents';

const root = join(__dirname, '../..');

describe.each(documents())('%s', (path) => {
  const markdown = readDocument(path);
  const blocks = commandBlocks(markdown);

  it('has commands that a shell understands', () => {
    for (const { commands } of blocks) execFileSync('bash', ['-n', '-c', commands]);
  });

  it('names scripts that exist', () => {
    const named = [...markdown.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
  });

  it('names files that exist', () => {
    const paths = /(?<![\w./-])(?:\.ci|\.github|app|bench|bin|deploy|docs|lib|scripts|test)\/[\w./-]*\w/g;
    const named = markdown.match(paths) ?? [];
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('links to what exists', () => {
    const links = [...markdown.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
    const broken = links.filter(([, file, anchor]) => {
      const target = file ? join(dirname(path), file) : path;
      if (!existsSync(join(root, target))) return true;
      return anchor && !anchorsOf(readDocument(target)).includes(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

describe('the README', () => {
  const blocks = commandBlocks(readDocument('README.md'));

  it('leaves no block of commands out of what is checked', () => {
    expect(blocks.length).toBe(readDocument('README.md').match(/^```sh/gm)?.length);
    expect(new Set(blocks.map(({ needs }) => needs))).toEqual(new Set(['', 'ci', 'docker', 'aws']));
  });

  it('has no commands but those of an AWS account that .ci/run does not run', () => {
    const ci = readFileSync(join(root, '.ci/run'), 'utf8');
    expect(ci).toContain('npm run check:readme');
    const lines = blocks
      .filter(({ needs }) => needs === 'ci')
      .flatMap(({ commands }) => commands.trim().split('\n'));
    for (const line of lines)
      for (const command of line.split('&&')) expect(ci).toContain(command.replace(/#.*/, '').trim());
  });
});

describe('what a block prints', () => {
  it('may have anything where the README has …', () => {
    expect(isAsSaid('{"file":"include-me-1.txt"}\n', '{"file":"include-me-….txt"}\n')).toBe(true);
    expect(isAsSaid('one\ntwo\nthree', '…\nthree')).toBe(true);
  });

  it('must be the same elsewhere, to its end', () => {
    expect(isAsSaid('{"file":"other.txt"}', '{"file":"include-me-….txt"}')).toBe(false);
    expect(isAsSaid('three\nand more', '…three')).toBe(false);
    expect(isAsSaid('3 passed (3)', '3 passed (.)')).toBe(false);
  });

  it('may go on while it runs', () => {
    expect(isAsSaid('Listening on port 8080\nand more', 'Listening on port …', true)).toBe(true);
    expect(isAsSaid('Starting', 'Listening on port …', true)).toBe(false);
  });
});
