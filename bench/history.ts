import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { History } from '../app/history/history';
import { newRecordName } from '../app/history/record-name';
import { SHARD_CAPACITY } from '../app/history/shard-path';
import { nameAt, putManyRecords, putRecord, spreadOverYear } from '../test/support/records';
import { load, median, memory, type Row, startKeepsake, temporaryDirectory } from './support';

const MILLION = 1_000_000;

/** What a million records cost that a hundred do not. */
export async function history(): Promise<Row[]> {
  const million = temporaryDirectory();
  spreadOverYear(million, MILLION);
  const hundred = temporaryDirectory();
  putManyRecords(hundred, Date.now(), 100);
  return [
    ...(await firstPage(million, hundred)),
    await refresh(),
    await start(million),
    ...(await memoryAndText(million)),
  ];
}

async function firstPage(million: string, hundred: string): Promise<Row[]> {
  const [large, small] = [await startKeepsake(million), await startKeepsake(hundred)];
  // Each cursor is another one above all records, so that the newest page is asked for and none that is kept answers.
  const distinct = join(temporaryDirectory(), 'distinct.lua');
  writeFileSync(
    distinct,
    `n = 0
function request()
  n = n + 1
  return wrk.format('GET', string.format('/files?limit=100&after=ffffffff-ffff-7fff-bfff-%012x', n))
end
`,
  );
  const rows: Row[] = [];
  for (const [what, script] of [
    ['', undefined],
    [', no two requests alike', distinct],
  ] as const) {
    const ratios: number[] = [];
    for (let round = 0; round < 6; round++) {
      const [a, b] = [
        await load(`${large.origin}/files?limit=100`, 2, script),
        await load(`${small.origin}/files?limit=100`, 2, script),
      ];
      if (round > 0) ratios.push(a.p99 / b.p99);
    }
    const value = median(ratios);
    rows.push({
      measure: `first page of 1,000,000 records against 100${what}: p99`,
      figure: value.toFixed(2),
      target: '≤ 1.5',
      holds: value <= 1.5,
    });
  }
  await large.stop();
  await small.stop();
  return rows;
}

/** A burst that fills every level of directories: 100,000 records in the last 100 seconds. */
function putBurst(directory: string): void {
  const counts = new Map<string, number>();
  const now = Date.now();
  for (let i = 0; i < 100_000; i++) {
    const name = nameAt(now - 100_000 + i);
    const time = new Date(now - 100_000 + i).toISOString();
    const level = [10, 13, 16].findIndex(
      (length) => (counts.get(time.slice(0, length)) ?? 0) < SHARD_CAPACITY,
    );
    const bucket = time.slice(0, [10, 13, 16][level]);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    putRecord(directory, name, level === -1 ? 3 : level);
  }
}

async function refresh(): Promise<Row> {
  const directory = temporaryDirectory();
  putBurst(directory);
  const clock = { now: Date.now() };
  const reader = new History({
    directory,
    own: newRecordName(),
    clock: { elapsed: () => clock.now, wall: () => clock.now },
  });
  const costs: number[] = [];
  for (let round = 0; round < 11; round++) {
    clock.now += 5000;
    const name = putRecord(directory, nameAt(Date.now()), 3);
    const before = process.cpuUsage();
    const { names } = await reader.page({ limit: 100 });
    const { user, system } = process.cpuUsage(before);
    if (!names.includes(name)) throw new Error('The refresh did not see the new record.');
    if (round > 0) costs.push((user + system) / 1000);
  }
  const value = median(costs);
  return {
    measure: 'refresh after one new record, 100,000 today: CPU time',
    figure: `${value.toFixed(1)} ms`,
    target: '< 50 ms',
    holds: value < 50,
  };
}

async function start(million: string): Promise<Row> {
  const timeToAnswer = async (directory: string) => {
    const begun = performance.now();
    const server = await startKeepsake(directory);
    await (await fetch(`${server.origin}/file`)).text();
    const took = performance.now() - begun;
    await server.stop();
    return took;
  };
  const ratios: number[] = [];
  for (let round = 0; round < 9; round++)
    ratios.push((await timeToAnswer(million)) / (await timeToAnswer(temporaryDirectory())));
  const value = median(ratios);
  return {
    measure: 'start to first answer, 1,000,000 records against none',
    figure: value.toFixed(2),
    target: '≤ 1.2',
    holds: value <= 1.2,
  };
}

async function memoryAndText(million: string): Promise<Row[]> {
  const rows: Row[] = [];
  const under = (measure: string, megabytes: number, limit: number) =>
    rows.push({
      measure: `${measure}: resident memory`,
      figure: `${megabytes.toFixed(0)} MB`,
      target: `< ${limit} MB`,
      holds: megabytes < limit,
    });

  const walker = await startKeepsake(million);
  await (await fetch(`${walker.origin}/files`)).text();
  under('1,000,000 records, idle', memory(walker.pid, 'VmRSS'), 120);
  for (let next: string | null = '/files'; next; ) {
    const page = (await (await fetch(walker.origin + next)).json()) as { next: string | null };
    next = page.next;
  }
  under('1,000,000 records, after walking every page', memory(walker.pid, 'VmRSS'), 120);
  await walker.stop();

  const streamer = await startKeepsake(million);
  const rates: number[] = [];
  for (let round = 0; round < 4; round++) {
    const begun = performance.now();
    const response = await fetch(`${streamer.origin}/files`, { headers: { Accept: 'text/plain' } });
    let bytes = 0;
    for await (const chunk of response.body as ReadableStream<Uint8Array>) bytes += chunk.length;
    rates.push(bytes / 52 / ((performance.now() - begun) / 1000));
  }
  const [first, ...others] = rates as [number, ...number[]];
  const rate = (value: number) => `${(value / 1e6).toFixed(2)} million/s`;
  rows.push({
    measure: 'names as text, directories read before',
    figure: rate(median(others)),
    target: '≥ 1 million/s',
    holds: median(others) >= 1e6,
  });
  rows.push({
    measure: 'names as text, no directory read before',
    figure: rate(first),
    target: '≥ 1 million/s',
    holds: first >= 1e6,
  });
  under('1,000,000 names as text, at the most', memory(streamer.pid, 'VmHWM'), 150);
  await streamer.stop();
  return rows;
}
