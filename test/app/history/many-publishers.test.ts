import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { History } from '../../../app/history/history';
import { newRecordName } from '../../../app/history/record-name';
import { temporaryDirectory } from '../../support/temporary';

const program = join(temporaryDirectory(), 'publishers.js');
beforeAll(() => {
  const source = join(__dirname, '../../support/publishers.ts');
  buildSync({ entryPoints: [source], outfile: program, bundle: true, platform: 'node' });
});

function start(directory: string, count: number) {
  const child = spawn(process.execPath, [program, directory, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { kill: () => child.kill('SIGKILL'), begun: once(child.stdout, 'data'), exit: once(child, 'exit') };
}

/** Every record of the history, each held to be whole. */
async function wholeRecords(directory: string): Promise<string[]> {
  const history = new History({ directory, own: newRecordName() });
  let lines = '';
  for await (const chunk of history.lines()) lines += chunk;
  const names = lines.split('\n').slice(0, -1);
  for (const name of names) {
    const text = (await history.read(name))?.toString();
    expect(text?.startsWith(`${name}\n`) && text.endsWith('whole \n')).toBe(true);
    expect(text).toHaveLength(name.length + 1 + 6 * 2000 + 1);
  }
  return names;
}

// A thousand threads take half a minute to start on two cores.
jest.setTimeout(240_000);

describe('many publishers of one history', () => {
  it('leave 1,000 whole records of distinct names when 1,000 publish at once', async () => {
    const directory = temporaryDirectory();
    const processes = Array.from({ length: 10 }, () => start(directory, 100));
    for (const { exit } of processes) expect(await exit).toEqual([0, null]);
    const names = await wholeRecords(directory);
    expect(new Set(names).size).toBe(1000);
    expect(names).toHaveLength(1000);
  });

  it('leave a whole record or none when they are killed at any instant', async () => {
    const directory = temporaryDirectory();
    const rounds = 60;
    for (let round = 0; round < rounds; round++) {
      const children = [start(directory, 0), start(directory, 0)];
      for (const { begun } of children) await begun;
      await sleep(Math.random() * 60);
      for (const { kill } of children) kill();
      for (const { exit } of children) await exit;
    }
    const names = await wholeRecords(directory);
    expect(names.length).toBeGreaterThan(rounds);
  });
});
