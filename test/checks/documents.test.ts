import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandBlocks, readDocument } from '../../checks/documents';
import { isAsSaid } from '../../checks/readme';

const root = join(__dirname, '../..');

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
