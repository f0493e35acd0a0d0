import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { ROUTES } from '../../app/api';
import { newRecordName } from '../../app/history/record-name';
import { shardPaths } from '../../app/history/shard-path';
import { examplesOf } from '../../app/openapi/examples';
import { eventually } from '../support/eventually';
import { type Container, spawnContainer, startContainer } from '../support/process';
import { bytesOf, sendRaw } from '../support/raw';
import { putManyRecords } from '../support/records';
import { temporaryDirectory } from '../support/temporary';

const GET_FILE = 'GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n';

function directories() {
  const root = temporaryDirectory();
  return { HISTORY_DIR: join(root, 'history'), GENERATED_DIR: join(root, 'generated') };
}

describe('three containers that share a history', () => {
  it('each have a file of their own, list those of the others, and remember the ones that were killed', async () => {
    const { HISTORY_DIR } = directories();
    const start = () => startContainer({ HISTORY_DIR, GENERATED_DIR: temporaryGenerated() });
    const containers: Container[] = await Promise.all([start(), start(), start()]);
    const files = containers.map(({ file }) => file);
    expect(new Set(files).size).toBe(3);

    for (const container of containers) {
      expect((await container.ask('/file')).json.file).toBe(container.file);
      await eventually(async () => {
        const { json } = await container.ask('/files');
        expect(new Set(json.files)).toEqual(new Set(files.filter((file) => file !== container.file)));
        expect(json.total).toBe(2);
      });
    }

    const [killed, ...survivors] = containers as [Container, ...Container[]];
    expect(await killed.end('SIGKILL')).toBe('SIGKILL');
    const another = await start();
    expect(files).not.toContain(another.file);
    expect(new Set((await another.ask('/files')).json.files)).toEqual(new Set(files));
    for (const survivor of survivors) {
      await eventually(async () => {
        const { json } = await survivor.ask('/files');
        expect(json.files).toContain(killed.file);
        expect(json.files).toContain(another.file);
      });
    }
    expect((await another.ask(`/files/${killed.file}`)).text).toContain(killed.file);
  });
});

describe("a container's start", () => {
  it('generates the own file and publishes it before it listens', async () => {
    const environment = directories();
    const { file } = await startContainer(environment);
    expect(existsSync(join(environment.GENERATED_DIR, file))).toBe(true);
    expect(existsSync(join(environment.HISTORY_DIR, shardPaths(file)[0] as string, file))).toBe(true);
  });

  it('answers every route as soon as it listens, whoever asks for what first', async () => {
    const { HISTORY_DIR, GENERATED_DIR } = directories();
    const { file, end } = await startContainer({ HISTORY_DIR, GENERATED_DIR });
    await end();
    const container = await startContainer({ HISTORY_DIR, GENERATED_DIR });
    const examples = ROUTES.flatMap((route) => examplesOf(route, file));
    const answers = await Promise.all(examples.map(({ path, ...question }) => container.ask(path, question)));
    expect(answers.map(({ status }) => status)).toEqual(examples.map(() => 200));
  });

  it('removes what a container that was killed while it published left long ago', async () => {
    const environment = directories();
    const incoming = join(environment.HISTORY_DIR, '.incoming');
    const leftover = join(incoming, `${newRecordName()}.6f9619ff-8b86-4011-b42d-00c04fc964ff`);
    mkdirSync(incoming, { recursive: true });
    writeFileSync(leftover, '');
    utimesSync(leftover, 0, 0);
    await startContainer(environment);
    await eventually(() => expect(readdirSync(incoming)).toEqual([]));
  });

  it('makes a new file each time, also in the same place, and the earlier one stays', async () => {
    const environment = directories();
    const first = await startContainer(environment);
    await first.end();
    const second = await startContainer(environment);
    expect(second.file).not.toBe(first.file);
    expect((await second.ask('/files')).json.files).toEqual([first.file]);
  });

  it('stops with code 2 and one line when a setting is bad', async () => {
    const { ended, errors, log } = spawnContainer({ ...directories(), PORT: 'http' });
    expect(await ended).toBe(2);
    expect(errors).toEqual(['PORT is "http", but must be a whole number from 0 to 65535.']);
    expect(log).toEqual([]);
  });

  it.each(['::', '127.0.0.1', '::1'])(
    'stops with code 1, one line and no file when another program has its port on %s',
    async (host) => {
      const taken = createServer().listen(0, host);
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      const environment = directories();
      const { ended, log, errors } = spawnContainer({ ...environment, PORT: `${port}` });
      expect(await ended).toBe(1);
      expect(log).toEqual([
        {
          level: 'fatal',
          time: expect.any(String),
          event: 'failed',
          msg: `Port ${port} is taken by another program. End that program, or set PORT to a free port.`,
        },
      ]);
      expect(errors).toEqual([]);
      expect(existsSync(environment.GENERATED_DIR)).toBe(false);
      expect(existsSync(environment.HISTORY_DIR)).toBe(false);
      taken.close();
    },
  );

  it('stops with code 1 and the reason when its own file cannot be made', async () => {
    const environment = directories();
    writeFileSync(environment.GENERATED_DIR, 'a file where the directory should be');
    const { ended, log } = spawnContainer(environment);
    expect(await ended).toBe(1);
    expect(log.at(-1)).toMatchObject({
      level: 'fatal',
      msg: expect.stringMatching(/^Could not make this container's own file in .*: EEXIST/),
    });
  });

  it('does not listen while the history cannot be written, and does when it can', async () => {
    const environment = directories();
    writeFileSync(environment.HISTORY_DIR, 'a file where the directory should be');
    const { listening, log } = spawnContainer(environment);
    await eventually(async () =>
      expect(log.filter(({ event }) => event === 'history_unavailable').length).toBeGreaterThan(1),
    );
    expect(log.map(({ event }) => event)).not.toContain('listening');
    unlinkSync(environment.HISTORY_DIR);
    mkdirSync(environment.HISTORY_DIR);
    const container = await listening;
    expect((await container.ask('/readyz')).status).toBe(200);
    expect(readdirSync(environment.GENERATED_DIR)).toEqual([container.file]);
  });

  it('stops with code 1 and the reason when the history cannot be written in time', async () => {
    const environment = directories();
    writeFileSync(environment.HISTORY_DIR, 'a file where the directory should be');
    const { ended, log } = spawnContainer({ ...environment, PUBLISH_SECONDS: '1' });
    expect(await ended).toBe(1);
    expect(log.at(-1)).toMatchObject({
      level: 'fatal',
      msg: expect.stringMatching(/^Could not publish include-me-.*\.txt to .* within 1 s: E/),
    });
  });

  it('ends with code 0 when it is told to stop before it listens', async () => {
    const environment = directories();
    writeFileSync(environment.HISTORY_DIR, 'a file where the directory should be');
    const { ended, log, process } = spawnContainer(environment);
    await eventually(async () => expect(log.length).toBeGreaterThan(0));
    process.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

describe('a container whose history goes missing', () => {
  it('says so, goes on with everything else, and recovers by itself', async () => {
    const environment = directories();
    const container = await startContainer(environment);
    renameSync(environment.HISTORY_DIR, `${environment.HISTORY_DIR}-away`);
    await eventually(async () => expect((await container.ask('/files')).status).toBe(503));
    expect((await container.ask('/files')).headers['retry-after']).toBe('2');
    expect((await container.ask(`/files/${container.file}`)).status).toBe(503);
    expect((await container.ask('/files', { headers: { Accept: 'text/plain' } })).status).toBe(503);
    expect((await container.ask('/readyz')).json.detail).toBe("The history's storage failed: ENOENT.");
    for (const path of [
      '/',
      '/file',
      '/healthz',
      '/palindrome?text=level',
      '/random-string',
      '/sentence?word=level',
    ]) {
      expect((await container.ask(path)).status).toBe(200);
    }
    expect(container.log.at(-1)).toMatchObject({ event: 'history_unavailable', level: 'error' });
    renameSync(`${environment.HISTORY_DIR}-away`, environment.HISTORY_DIR);
    await eventually(async () => expect((await container.ask('/files')).status).toBe(200));
  });
});

describe("a container's end", () => {
  it('goes on serving while it drains, tells the load balancer and closes connections', async () => {
    const container = await startContainer({ ...directories(), DRAIN_SECONDS: '2' });
    const end = container.end();
    await eventually(async () => expect((await container.ask('/readyz')).status).toBe(503));
    const { status, headers } = await container.ask('/file');
    expect(status).toBe(200);
    expect(headers.connection).toBe('close');
    expect((await container.ask('/readyz')).json.detail).toContain('Draining');
    expect((await container.ask('/healthz')).status).toBe(200);
    expect(await end).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'comes with code 0 after %s, without waiting for idle connections',
    async (signal) => {
      const container = await startContainer(directories());
      const idle = connect(Number(new URL(container.origin).port));
      await container.ask('/healthz');
      expect(await container.end(signal)).toBe(0);
      idle.destroy();
    },
  );

  // Each waits for the end of the server's patience, so all of them wait at once.
  it.concurrent.each([
    ['its headers', 'GET /file HTTP/1.1\r\nHost: localhost\r\n'],
    ['its body', 'POST /palindrome HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{'],
  ])('does not wait for a client that stops in the middle of %s', async (_where, half) => {
    const container = await startContainer(directories());
    const client = connect(Number(new URL(container.origin).port));
    client.on('error', () => {});
    client.write(half);
    await container.ask('/healthz');
    expect(await container.end()).toBe(0);
  });

  it.concurrent.each([
    ['sends its request byte by byte', 'GET /file HTTP/1.1\r\nHost: localhost\r\nX: ', 'x'],
    ['pipelines requests without end', GET_FILE, GET_FILE],
  ])('does not wait for a client that %s', async (_what, begin, next) => {
    const container = await startContainer(directories());
    const client = connect(Number(new URL(container.origin).port)).on('error', () => {});
    client.write(begin);
    const sending = setInterval(() => client.write(next), 100);
    await container.ask('/healthz');
    expect(await container.end()).toBe(0);
    clearInterval(sending);
    client.destroy();
  });

  it.concurrent('does not wait for a client that does not read the listing that it asked for', async () => {
    const environment = directories();
    for (let day = 0; day < 60; day++)
      putManyRecords(environment.HISTORY_DIR, Date.parse('2026-01-01') + day * 86_400_000, 2000);
    const container = await startContainer(environment);
    const client = connect(Number(new URL(container.origin).port)).on('error', () => {});
    client.pause();
    client.write('GET /files HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\n\r\n');
    await eventually(() => expect(client.bytesWritten).toBeGreaterThan(0));
    await container.ask('/healthz');
    expect(await container.end()).toBe(0);
    client.destroy();
  });

  it('takes two SIGINT for one when they come together, as from Ctrl-C under npm', async () => {
    const container = await startContainer(directories());
    container.process.kill('SIGINT');
    expect(await container.end('SIGINT')).toBe(0);
  });

  it('comes with npm start, too', async () => {
    const container = await spawnContainer(directories(), 'npm', ['start', '--silent']).listening;
    await container.end();
    await eventually(() => expect(container.ask('/healthz')).rejects.toThrow('ECONNREFUSED'));
    expect(container.log.at(-1)).toMatchObject({ event: 'stopped' });
  });

  it('finishes the request that is in flight, and accepts no other', async () => {
    const container = await startContainer(directories());
    const port = Number(new URL(container.origin).port);
    const socket = connect(port).setEncoding('utf8');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    const body = '{"text":"level"}';
    socket.write(
      `POST /palindrome HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    // The server has taken the request on.
    await eventually(async () => expect(answer).toContain('100 Continue'));
    const end = container.end();
    await eventually(() => expect(container.ask('/healthz')).rejects.toThrow('ECONNREFUSED'));
    socket.write(body);
    expect(await end).toBe(0);
    expect(answer).toContain('"palindrome":true');
  });

  it('answers what came while the processor was with others, as happens to a task of a quarter of one', async () => {
    const container = await startContainer({ ...directories(), DRAIN_SECONDS: '1' });
    const port = Number(new URL(container.origin).port);
    const end = container.end();
    await eventually(() => expect(container.log.at(-1)).toMatchObject({ event: 'draining' }));
    container.process.kill('SIGSTOP');
    const request = bytesOf('GET', '/file', { headers: { Connection: 'close' } });
    const answers = Array.from({ length: 100 }, () => sendRaw(port, request));
    await new Promise((resolve) => setTimeout(resolve, 1500)); // The drain is over meanwhile.
    container.process.kill('SIGCONT');
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
    expect(await end).toBe(0);
  });

  it('comes at once with a second signal', async () => {
    const container = await startContainer({ ...directories(), DRAIN_SECONDS: '110' });
    const end = container.end();
    await eventually(async () => expect((await container.ask('/readyz')).status).toBe(503));
    // A start looks for leftovers when it listens already, and Node.js before 22.15 cannot exit with its own code meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    container.process.kill('SIGTERM');
    expect(await end).toBe(143);
  });
});

const temporaryGenerated = () => directories().GENERATED_DIR;
