import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandBlocks, isAsSaid } from '../../checks/readme';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');

describe('the README', () => {
  const blocks = commandBlocks(read('README.md'));

  it('has no block of commands that nobody understands', () => {
    expect(blocks.length).toBe(read('README.md').match(/^```sh/gm)?.length);
    const known = ['', 'aws', 'ci', 'docker', 'server'];
    expect(blocks.flatMap(({ words }) => words).filter((word) => !known.includes(word))).toEqual([]);
  });

  it('is held to by .ci/run, with the commands that it runs itself', () => {
    const ci = read('.ci/run');
    expect(ci).toContain('npm run check:readme');
    for (const { words, commands } of blocks) {
      if (!words.includes('ci')) continue;
      for (const command of commands.split(/\n|&&/)) expect(ci).toContain(command.replace(/#.*/, '').trim());
    }
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
});
