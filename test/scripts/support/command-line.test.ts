import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs a command with one argument, two options and this expression as its action. */
function start(args: string[], action = '() => {}'): SpawnSyncReturns<string> {
  const script = `const { Option } = require('commander');
    const { command, Failure, run, someOf, wholeNumber } = require('./scripts/support/command-line');
    run(command('up', { examples: ['npm run up -- --replicas 5'], exitCodes: { 1: 'no replica answers' } })
      .addArgument(someOf('scenario', ['seed', 'rollout'], 'scenarios'))
      .option('--replicas <number>', 'how many', wholeNumber('--replicas', 1, 64))
      .addOption(new Option('--egress <way>', 'which way').choices(['none', 'nat']))
      .action(${action}))`;
  const options = { cwd: join(__dirname, '../../..'), encoding: 'utf8' } as const;
  return spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script, '--', ...args], options);
}

const NOTHING = 'nothing is left to wait for, but the work is not done; this is a defect';

describe('a command', () => {
  it('gets its arguments and options', () => {
    const { stdout } = start(
      ['seed', 'rollout', '--replicas=5'],
      '(...given) => console.log(JSON.stringify(given.slice(0, 2)))',
    );
    expect(JSON.parse(stdout)).toEqual([['seed', 'rollout'], { replicas: 5 }]);
  });

  it('gets all that there are where none is named', () => {
    const { stdout } = start([], '(scenarios) => console.log(JSON.stringify(scenarios))');
    expect(JSON.parse(stdout)).toEqual(['seed', 'rollout']);
  });

  it('tells with --help its usage, options, examples and exit codes', () => {
    const { status, stdout } = start(['--help']);
    expect(stdout).toContain('Usage: npm run up -- [options] [scenario...]\n');
    expect(stdout).toContain('\nExamples:\n  npm run up -- --replicas 5\n');
    expect(stdout).toMatch(
      /\nExit codes:\n {2}0 {2}done\n {2}1 {2}no replica answers\n {2}2 {2}called wrongly/,
    );
    expect(status).toBe(0);
  });

  it.each([
    [
      ['--replica=5'],
      "unknown option '--replica=5'; choose --replicas, --egress, --help; did you mean --replicas?",
    ],
    [
      ['--replicas'],
      "option '--replicas <number>' argument missing; usage: npm run up -- [options] [scenario...]",
    ],
    [['--replicas=65'], '--replicas is "65", but must be a whole number from 1 to 64'],
    [['--replicas=1.5'], '--replicas is "1.5", but must be a whole number from 1 to 64'],
    [
      ['--egress=natt'],
      "option '--egress <way>' argument 'natt' is invalid. Allowed choices are none, nat; did you mean nat?",
    ],
    [
      ['seed', 'opera'],
      "command-argument value 'opera' is invalid for argument 'scenario'. Allowed choices are seed, rollout",
    ],
  ])('refuses %j in one line and exits with 2', (args, line) => {
    const { status, stdout, stderr } = start(args, '() => console.log("done")');
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: `up: ${line}\n` });
  });

  it.each([
    ['() => { process.exitCode = 3 }', 3, ''],
    ["() => { require('node:net').createServer().listen(0) }", 0, ''],
    ["async () => { throw new Failure('port 80 is taken') }", 1, 'up: port 80 is taken\n'],
    ["async () => { throw new Failure('interrupted', 130) }", 130, 'up: interrupted\n'],
    ["async () => { throw new Error('a defect') }", 1, expect.stringMatching(/Error: a defect\n {4}at /)],
    ['() => new Promise(() => {})', 13, `up: ${NOTHING}\n`],
  ])('whose action is %s exits with %d', (action, status, stderr) => {
    expect(start([], action)).toMatchObject({ status, stderr });
  });
});
