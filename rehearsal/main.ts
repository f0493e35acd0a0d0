import { command, Failure, run, someOf } from '../scripts/support/command-line';

/** Every scenario, in the order in which they run: the crowd last, of which Docker may leave something behind. */
const NAMES = ['seed', 'rollout', 'reclaim', 'crashes', 'storage', 'limits', 'overload', 'aws', 'crowd'];

run(
  command('rehearse', {
    examples: [
      'npm run rehearse                    every scenario, in about ten minutes',
      'npm run rehearse -- rollout seed    two of them',
    ],
    exitCodes: {
      0: 'every figure holds',
      1: 'a figure does not hold, or nothing could be started',
      130: 'interrupted; everything is removed',
    },
  })
    .addArgument(someOf('scenario', NAMES, NAMES.join(', ')))
    .option('--account', 'with aws: not on an emulator, but in the account of your credentials')
    .action(async (names: readonly string[], { account = false }) => {
      if (account && String(names) !== 'aws') throw new Failure('--account goes with aws alone', 2);
      const stop = new AbortController();
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
      // Here, because --help needs none of it.
      const { rehearse }: typeof import('./rehearse') = require('./rehearse');
      const chosen = account ? ['aws-account'] : NAMES.filter((each) => names.includes(each));
      try {
        process.exitCode = (await rehearse(chosen, stop.signal)) ? 0 : 1;
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        throw new Failure('interrupted; everything is removed', 130);
      }
    }),
);
