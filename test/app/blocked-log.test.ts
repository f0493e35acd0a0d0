import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../support/api';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { BUNDLE } from '../support/process';
import { temporaryDirectory } from '../support/temporary';

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** A container whose standard output is the given descriptor, or a socket of ours that nobody reads. */
async function startWith(stdout: number | 'pipe') {
  const root = temporaryDirectory();
  const historyDir = join(root, 'history');
  const port = await freePort();
  const environment = {
    PORT: `${port}`,
    HISTORY_DIR: historyDir,
    GENERATED_DIR: join(root, 'own'),
    DRAIN_SECONDS: '1',
  };
  const child = spawn(process.execPath, [BUNDLE], { env: environment, stdio: ['ignore', stdout, 'inherit'] });
  running.add(child);
  const ended = once(child, 'exit').then(([code, signal]) => signal ?? code);
  const origin = `http://localhost:${port}`;
  await eventually(() => ask(origin, '/healthz'));
  return {
    ask: (path: string) => ask(origin, path),
    breakHistory: () => renameSync(historyDir, `${historyDir}-away`),
    mendHistory: () => existsSync(historyDir) || renameSync(`${historyDir}-away`, historyDir),
    end: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** A named pipe that is full, and a reader that has not begun to read. */
function fullPipe() {
  const path = join(temporaryDirectory(), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const until = (code: string, step: () => void) => {
    try {
      for (;;) step();
    } catch (error) {
      expect(error).toMatchObject({ code });
    }
  };
  until('EAGAIN', () => writeSync(writer, `${'x'.repeat(1023)}\n`));
  let text = '';
  const buffer = Buffer.alloc(1 << 20);
  return {
    writer,
    close: () => closeSync(reader),
    events: (): string[] => {
      until('EAGAIN', () => {
        text += buffer.toString('utf8', 0, readSync(reader, buffer));
      });
      const lines = text.split('\n').filter((line) => line.startsWith('{'));
      return lines.map((line) => JSON.parse(line).event);
    },
  };
}

type Running = Awaited<ReturnType<typeof startWith>>;

/** It answers everything, faults of the history included, and drains to its end with the code that it always has. */
async function expectToServeAndEnd({ ask, breakHistory, mendHistory, end }: Running): Promise<void> {
  breakHistory();
  await eventually(async () => expect((await ask('/files')).status).toBe(503));
  expect((await ask('/files')).headers['content-type']).toContain('application/problem+json');
  expect((await ask('/file')).status).toBe(200);
  mendHistory();
  await eventually(async () => expect((await ask('/files')).status).toBe(200));
  const ended = end();
  await eventually(async () => expect((await ask('/readyz')).json.detail).toContain('Draining'));
  expect(await ended).toBe(0);
}

describe('a container whose log', () => {
  it('is a pipe that is full and that nobody reads serves and ends as any other', async () => {
    const { writer } = fullPipe();
    await expectToServeAndEnd(await startWith(writer));
  });

  it('is a socket that nobody reads serves and ends as any other', async () => {
    await expectToServeAndEnd(await startWith('pipe'));
  });

  it('is a pipe whose reader has gone serves and ends as any other', async () => {
    const { writer, close } = fullPipe();
    close();
    await expectToServeAndEnd(await startWith(writer));
  });

  it('is on a full disk serves and ends as any other', async () => {
    await expectToServeAndEnd(await startWith(openSync('/dev/full', 'w')));
  });

  it('finds a reader again gives it what it missed, to the last line', async () => {
    const { writer, events } = fullPipe();
    const container = await startWith(writer);
    await eventually(() => expect(events()).toEqual(['listening']));
    expect(await container.end()).toBe(0);
    expect(events()).toEqual(['listening', 'draining', 'stopped']);
  });
});
