import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually } from '../../support/eventually';
import { type Container, spawnContainer, startContainer } from '../../support/process';
import { putManyRecords } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';
import { describeMounts, hangable, tmpfs } from './mounts';

const ELSEWHERE = [
  '/',
  '/file',
  '/healthz',
  '/palindrome?text=level',
  '/random-string',
  '/sentence?word=level',
  '/assets/any/page.js',
];

const environment = (historyDir: string) => ({
  HISTORY_DIR: historyDir,
  GENERATED_DIR: temporaryDirectory(),
});

async function expectUnavailable(
  container: Container,
  path: string,
  accept = 'application/json',
): Promise<void> {
  const asked = Date.now();
  const { status, headers, json } = await container.ask(path, { headers: { Accept: accept } });
  expect(status).toBe(503);
  expect(headers['retry-after']).toBe('2');
  expect(json.detail).toBe("The history's storage did not answer within 1500 ms.");
  // The contract's bound, not a measurement: a deadline of 1.5 s and half a second for a busy machine.
  expect(Date.now() - asked).toBeLessThan(2000);
}

describeMounts('a history that hangs', () => {
  it('is answered with 503 in time, holds no more than three threads, and leaves everything else alone', async () => {
    const storage = hangable();
    const container = await startContainer(environment(storage.path));
    await container.ask('/files');
    storage.hang();
    await new Promise((resolve) => setTimeout(resolve, 1000)); // What it listed a second ago it would answer from memory.
    const waiting = Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        expectUnavailable(container, i % 2 ? '/files' : `/files/${container.file}`),
      ),
    );
    for (const path of ELSEWHERE) expect((await container.ask(path)).status).toBe(200);
    await waiting;
    await expectUnavailable(container, '/files', 'text/plain');
    await expectUnavailable(container, '/readyz');
    for (const path of ELSEWHERE) expect((await container.ask(path)).status).toBe(200);
    const waitingThreads = threadsWaitingForStorage(container);
    expect(waitingThreads).toBeGreaterThan(0);
    expect(waitingThreads).toBeLessThanOrEqual(3);

    storage.resume();
    await eventually(async () => expect((await container.ask('/files')).status).toBe(200));
    expect((await container.ask('/readyz')).status).toBe(200);
    expect(await container.end()).toBe(0);
  });

  it('breaks a listing off rather than let it look complete', async () => {
    const storage = hangable();
    // Too many names for the buffers between the container and a client that stops reading.
    for (let day = 0; day < 60; day++)
      putManyRecords(storage.below, Date.parse('2026-01-01') + day * 86_400_000, 4000);
    const container = await startContainer(environment(storage.path));
    const response = await new Promise<IncomingMessage>((resolve) =>
      get(`${container.origin}/files`, { headers: { Accept: 'text/plain' } }, resolve),
    );
    expect(response.statusCode).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1000)); // Nobody reads: the container waits with the rest.
    storage.hang();
    await expect(text(response)).rejects.toThrow('aborted');
    await eventually(() => expect(container.log.at(-1)).toMatchObject({ event: 'history_unavailable' }));
  });

  it('does not keep a container from ending', async () => {
    const storage = hangable();
    const container = await startContainer(environment(storage.path));
    storage.hang();
    await eventually(async () => expect((await container.ask('/files')).status).toBe(503));
    const execve = 'execve' in process;
    expect(await container.end()).toBe(execve ? 0 : 'SIGKILL');
  });

  it('keeps a container from listening until it answers', async () => {
    const storage = hangable();
    storage.hang();
    const { listening, log } = spawnContainer(environment(storage.path));
    await eventually(() =>
      expect(log.filter(({ event }) => event === 'history_unavailable').length).toBeGreaterThan(1),
    );
    storage.resume();
    const container = await listening;
    expect((await container.ask('/files')).json).toEqual({ files: [], total: 0, next: null });
  });

  it('ends a container that cannot publish in time, with the reason', async () => {
    const storage = hangable();
    storage.hang();
    const { ended, log } = spawnContainer({ ...environment(storage.path), PUBLISH_SECONDS: '3' });
    expect(await ended).toBe('execve' in process ? 1 : 'SIGKILL');
    expect(log.at(-1)).toMatchObject({
      level: 'fatal',
      msg: expect.stringMatching(
        /^Could not publish .* within 3 s: The history's storage did not answer within 1500 ms\.$/,
      ),
    });
  });
});

describeMounts('a history that is read-only', () => {
  it('is still listed, and takes new containers again once it can be written', async () => {
    const storage = tmpfs('1m');
    const container = await startContainer(environment(storage.path));
    storage.remount('ro');
    for (const path of ['/files', '/readyz', `/files/${container.file}`])
      expect((await container.ask(path)).status).toBe(200);

    const { listening, log } = spawnContainer(environment(storage.path));
    await eventually(() => expect(log.at(-1)).toMatchObject({ err: { code: 'EROFS' } }));
    storage.remount('rw');
    const another = await listening;
    await eventually(async () => expect((await container.ask('/files')).json.files).toEqual([another.file]));
  });
});

describeMounts('a history that is full', () => {
  it('is still listed, gets no torn record, and takes new containers again once there is room', async () => {
    const storage = tmpfs('64k');
    const container = await startContainer(environment(storage.path));
    const ballast = join(storage.path, 'ballast');
    fill(ballast);

    const { listening, log } = spawnContainer(environment(storage.path));
    await eventually(() => expect(log.at(-1)).toMatchObject({ err: { code: 'ENOSPC' } }));
    expect((await container.ask('/files')).json).toEqual({ files: [], total: 0, next: null });
    expect((await container.ask('/readyz')).status).toBe(200);
    rmSync(ballast);
    const another = await listening;
    await eventually(async () => expect((await container.ask('/files')).json.files).toEqual([another.file]));
    expect((await container.ask(`/files/${another.file}`)).text).toContain('Seal');
    expect(readdirSync(join(storage.path, '.incoming'))).toEqual([]);
  });
});

/** Writes until nothing more fits. */
function fill(path: string): void {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(4096), { flag: 'a' });
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
}

/** How many of the process's threads are inside a file operation that the kernel has handed to FUSE. */
function threadsWaitingForStorage({ process: { pid } }: Container): number {
  const tasks = readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`);
  return tasks.filter((task) => /fuse|request_wait/.test(readFileSync(`${task}/wchan`, 'utf8'))).length;
}
