import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LogOutput, withoutWaiting } from '../../../app/log/log-output';
import { eventually } from '../../support/eventually';
import { temporaryDirectory } from '../../support/temporary';

/** A named pipe that has a reader who reads when told to, and an output into it. */
function pipe() {
  const path = join(temporaryDirectory(), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  const output = new LogOutput(
    withoutWaiting(writer, () => undefined),
    (lost) => `lost ${lost}\n`,
  );
  let text = '';
  const buffer = Buffer.alloc(1 << 20);
  const read = () => {
    try {
      text += buffer.toString('latin1', 0, readSync(reader, buffer));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
    return text.split('\n').slice(0, -1);
  };
  return { output, writer, read, close: () => closeSync(reader) };
}

const line = (n: number) => `${n} ${'x'.repeat(990)}\n`;
const numbers = (lines: string[]) => lines.map((each) => Number.parseInt(each, 10));

describe('LogOutput', () => {
  it('writes each line at once while it is read', () => {
    const { output, read } = pipe();
    output.write('one\n');
    expect(read()).toEqual(['one']);
    output.write('two\n');
    expect(read()).toEqual(['one', 'two']);
  });

  it('keeps what a full pipe does not take, in order, until it is read again', async () => {
    const { output, read } = pipe();
    for (let n = 0; n < 150; n++) output.write(line(n));
    await eventually(() => expect(numbers(read())).toEqual([...Array(150).keys()]));
  });

  it('loses the oldest lines when nobody reads, and says how many once somebody does', async () => {
    const { output, read } = pipe();
    for (let n = 0; n < 5000; n++) output.write(line(n));
    await eventually(() => expect(numbers(read()).at(-1)).toBe(4999));
    const lines = read();
    const report = lines.find((each) => each.startsWith('lost ')) as string;
    const kept = numbers(lines.filter((each) => each !== report));
    expect(kept.length + Number(report.slice(5))).toBe(5000);
    expect(kept).toEqual(kept.toSorted((a, b) => a - b));
    // It stands where the lines are missing.
    const at = lines.indexOf(report);
    expect(kept[at]).toBe((kept[at - 1] as number) + Number(report.slice(5)) + 1);
  });

  it('goes on when nobody can read any more', () => {
    const { output, close } = pipe();
    close();
    for (let n = 0; n < 1000; n++) output.write(line(n));
    output.end();
  });

  it('goes on while the disk is full', () => {
    const output = new LogOutput(openSync('/dev/full', 'w'), String);
    for (let n = 0; n < 1000; n++) output.write(line(n));
    output.end();
  });

  it('gives the last line to a reader that comes while the process ends', () => {
    const { output, writer, read } = pipe();
    for (let n = 0; n < 100; n++) output.write(line(n));
    const before = numbers(read());
    expect(before).not.toContain(99);
    output.end();
    expect(numbers(read()).at(-1)).toBe(99);
    closeSync(writer);
  });
});

describe('withoutWaiting', () => {
  it('appends to a file, as other processes may do', () => {
    const path = join(temporaryDirectory(), 'log');
    const fd = openSync(path, 'w');
    writeSync(withoutWaiting(fd, fail), 'ours\n');
    writeSync(openSync(path, 'a'), 'theirs\n');
    writeSync(withoutWaiting(fd, fail), 'ours\n');
    expect(readFileSync(path, 'utf8')).toBe('ours\ntheirs\nours\n');
  });

  it('leaves what cannot be opened anew to the stream of Node.js', () => {
    const makeStream = jest.fn();
    expect(withoutWaiting(987_654, makeStream)).toBe(987_654);
    expect(makeStream).toHaveBeenCalled();
  });
});

function fail(): never {
  throw new Error('A file can be opened anew.');
}
