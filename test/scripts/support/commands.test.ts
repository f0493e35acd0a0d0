import { scripts } from '../../../package.json';
import { commands } from '../../../scripts/support/commands';
import { runScript } from '../../support/script';
import { temporaryDirectory } from '../../support/temporary';

/** The commands of package.json that run a program of this repository, with its path. */
const ours = Object.entries(scripts).flatMap(([name, line]) => {
  const [, path] = /((scripts|checks|rehearsal|bench)\/\S+\.[jt]s)$/.exec(line) ?? [];
  return path ? [[name, path] as const] : [];
});

test('npm run help lists every command of package.json', () => {
  const listed = Object.values(commands).flatMap((group) => Object.keys(group));
  const forgotten = Object.keys(scripts).filter((name) => !listed.includes(name));
  const gone = listed.filter((name) => !(name in scripts));
  expect({ 'add to scripts/support/commands.ts': forgotten, 'delete there': gone }).toEqual({
    'add to scripts/support/commands.ts': [],
    'delete there': [],
  });
});

describe.each(ours)('npm run %s', (name, path) => {
  // Without Docker, AWS or anything else at hand: neither may need them.
  const environment = { PATH: temporaryDirectory(), HOME: temporaryDirectory() };
  const remedy = `${path}: make it with command() and run() of scripts/support/command-line.ts`;

  it('explains itself with --help, and does nothing else', async () => {
    const { code, output } = await runScript(path, ['--help'], environment).ended;
    const parts = [`Usage: npm run ${name} -- [options]`, 'Options:', 'Examples:', 'Exit codes:'];
    expect({ remedy, code, missing: parts.filter((part) => !output.includes(part)) }).toEqual({
      remedy,
      code: 0,
      missing: [],
    });
  });

  it('refuses an option that it does not know in one line', async () => {
    const { code, output } = await runScript(path, ['--hepl'], environment).ended;
    const line = expect.stringMatching(
      new RegExp(`^${name}: unknown option '--hepl'; choose .*--help.*; did you mean --help\\?\n$`),
    );
    expect({ remedy, code, output }).toEqual({ remedy, code: 2, output: line });
  });
});
