import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { type Container, startContainer } from '../../support/process';
import { spreadOverYear } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';

const RECORDS = 1_000_000;

describe('a history of 1,000,000 records spread over a year', () => {
  const directory = temporaryDirectory();
  let container: Container;

  beforeAll(async () => {
    spreadOverYear(directory, RECORDS);
    container = await startContainer({ HISTORY_DIR: directory, GENERATED_DIR: temporaryDirectory() });
  });

  it('streams every name once, newest first, as text in less than 200 MB of memory', async () => {
    const response = await new Promise<IncomingMessage>((resolve) =>
      get(`${container.origin}/files`, { headers: { Accept: 'text/plain' } }, resolve),
    );
    let count = 0;
    let previous = '~';
    let rest = '';
    for await (const chunk of response.setEncoding('latin1')) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) {
        if (line >= previous) throw new Error(`${line} came after ${previous}`);
        previous = line;
        count++;
      }
    }
    expect(rest).toBe('');
    expect(count).toBe(RECORDS);
    expect(peakMemory(container)).toBeLessThan(200);
  });

  it('answers a page and, once it has counted them, how many there are', async () => {
    let page = await container.ask('/files?limit=100');
    expect(page.json.files).toHaveLength(100);
    while (page.json.total === null) page = await container.ask('/files?limit=100');
    expect(page.json.total).toBe(RECORDS);
    expect(peakMemory(container)).toBeLessThan(200);
  });
});

/** The most resident memory that the process has had, in MB. */
function peakMemory({ process: { pid } }: Container): number {
  const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(
    /VmHWM:\s+(\d+) kB/,
  ) as RegExpMatchArray;
  return Number(kilobytes) / 1024;
}
