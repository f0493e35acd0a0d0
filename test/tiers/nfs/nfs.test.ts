import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLE } from '../../support/process';
import { temporaryDirectory } from '../../support/temporary';
import type { Round } from './scenario';
import { missing, runVirtualMachine } from './virtual-machine';

const reason = missing();
if (reason) process.stderr.write(`Skipped: the NFS tests start a virtual machine, which takes ${reason}\n`);

(reason ? describe.skip : describe)('two containers on NFS 4.1, mounted as Amazon EFS is', () => {
  let seconds: { rounds: Round[]; byStat: number };
  /** Of three: once in some hundred times, a client that shared two busy cores noticed a change only when its cache had expired. */
  const median = (what: keyof Round) =>
    seconds.rounds.map((round) => round[what]).toSorted((a, b) => a - b)[1];

  beforeAll(async () => {
    const scenario = join(temporaryDirectory(), 'scenario.js');
    buildSync({
      entryPoints: [join(__dirname, 'scenario.ts')],
      outfile: scenario,
      bundle: true,
      platform: 'node',
    });
    const output = await runVirtualMachine({
      '/init': join(__dirname, 'init'),
      '/scenario.js': scenario,
      '/app': join(BUNDLE, '..'),
    });
    const [, result] = /^RESULT (.*)$/m.exec(output) ?? [];
    if (!result) throw new Error(`The virtual machine ended without a result:\n${output}`);
    // The kernel, the mounts and the figures: they are what docs/performance.md quotes.
    process.stdout.write(output);
    seconds = JSON.parse(result);
  });

  it('do not share a cache: one that only asks for the status of a directory is told what is no longer so', () => {
    expect(seconds.byStat).toBeGreaterThan(5);
  });

  it("list each other's records, also the first of a month, at once", () => {
    expect(median('listed')).toBeLessThan(5);
    expect(median('firstOfMonth')).toBeLessThan(5);
  });

  it('follow an operator who deletes a record', () => {
    expect(median('removed')).toBeLessThan(5);
  });
});
