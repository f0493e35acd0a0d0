import { readFileSync } from 'node:fs';
import { putManyRecords, spreadOverYear } from '../test/support/records';
import { load, type Requests } from './load';
import { atMost, median, startKeepsake, temporaryDirectory } from './support';

const ROUNDS = 7;
/** Each cursor is another one above all records, so that the newest page is asked for and none that is kept answers. */
const FIRST_PAGE: Requests = {
  method: 'GET',
  headers: {},
  requests: Array.from({ length: 10_000 }, (_, n) => [
    `/files?limit=100&after=ffffffff-ffff-7fff-bfff-${String(n).padStart(12, '0')}`,
  ]),
};

/** What a million records cost, and how much more that is than what a hundred do. */
export async function* rows(): AsyncGenerator<string[]> {
  const [million, hundred] = [temporaryDirectory(), temporaryDirectory()];
  spreadOverYear(million, 1_000_000);
  putManyRecords(hundred, Date.now(), 100);
  const [starts, pages]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++)
    starts.push((await timeToAnswer(million)) / (await timeToAnswer(hundred)));
  yield atMost('start to first answer, 1,000,000 records against 100', median(starts), 1.2);

  const [large, small] = [await startKeepsake(million), await startKeepsake(hundred)];
  for (let round = 0; round < ROUNDS; round++) {
    const ofMany = await load(large.origin, FIRST_PAGE);
    const ofFew = await load(small.origin, FIRST_PAGE);
    pages.push(ofMany.p99 / ofFew.p99);
  }
  yield atMost('first page of 1,000,000 records against 100: p99', median(pages), 1.5);
  await large.stop();
  await small.stop();

  const server = await startKeepsake(million);
  const begun = performance.now();
  await (await fetch(`${server.origin}/files`, { headers: { Accept: 'text/plain' } })).text();
  yield atMost('1,000,000 names as text, no directory read before', performance.now() - begun, 1000, ' ms');
  yield atMost('1,000,000 names as text: resident memory at the most', mostMemory(server.pid), 150, ' MB');
  await server.stop();
}

async function timeToAnswer(history: string): Promise<number> {
  const begun = performance.now();
  const server = await startKeepsake(history);
  await (await fetch(`${server.origin}/file`)).text();
  const took = performance.now() - begun;
  await server.stop();
  return took;
}

/** In MB. */
function mostMemory(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
