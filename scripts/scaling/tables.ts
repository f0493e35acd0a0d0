import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newRecordName } from '../../app/history/record-name';
import { SHARD_CAPACITY } from '../../app/history/shard-path';
import { CACHE, FRESH } from '../../app/history/shards';
import { gigabyte } from '../prices';
import type { Deployment } from './deployment';
import { directoriesOfMonth } from './directories';
import { quotas } from './quotas';

const LINE = newRecordName().length + 1; // bytes of a name in the listing as text
const PACKED = 16; // bytes of a name in memory: a UUID's
const PAGE = 1000; // names
const OBJECT = 6 * 1024; // bytes of a small file: "Metering: How Amazon EFS reports file system and object sizes"
const IMAGE = 60; // MB, as in docs/architecture.md
/** How often the log driver sends, in seconds: `defaultForceFlushInterval` in moby/moby, daemon/logger/awslogs. */
const LOG_FLUSH = 5;
/**
 * The directories that a task looks at while it is asked for the newest page. Quiet: the root, this month, the month of its
 * own record, one that is counted again. Busy: the root, this month, today, two hours, six minutes (those that may still
 * get records), four for its own record, one that is counted again.
 */
const LOOKED_AT = { quiet: 4, busy: 16 };

export type Table = { head: string[]; rows: string[][] };

/** How many tasks each of AWS's default quotas allows, the lowest first. */
export function quotaTable(of: Deployment): Table {
  const { vcpusOfTask, rollout, zones, addressesInZone, ownInterfaces } = of;
  const lines = [
    { ...quotas.vcpus, each: vcpusOfTask },
    quotas.targets,
    quotas.targetsPerGroup,
    { ...quotas.interfaces, taken: ownInterfaces },
    { ...quotas.tasksPerService, times: 1 }, // it counts the desired tasks
    {
      what: 'addresses in the private subnets',
      value: addressesInZone * zones,
      source: 'Subnet CIDR blocks',
      raise: 'in `lib/network.ts`',
    },
    quotas.connections,
  ].map((line) => {
    const { value, each, taken, times } = { each: 1, taken: 0, times: rollout, ...line };
    return { ...line, each, rest: (value - taken) / each, rollout: (value - taken) / each / times };
  });
  const rows = lines
    .sort((a, b) => a.rollout - b.rollout)
    .map(({ what, value, each, rest, rollout, raise, source }) => [
      what,
      count(value),
      `${each}`,
      count(rest),
      count(rollout),
      raise,
      source,
    ]);
  return {
    head: [
      'limit',
      'by default',
      'a task takes',
      'tasks at rest',
      'tasks in a rollout',
      'to be raised',
      'AWS page',
    ],
    rows,
  };
}

const SIZES = [10, 100, 1000, 5000]; // tasks

/** What so many tasks take. */
export function taskTable(of: Deployment): Table {
  const { vcpusOfTask, rollout, zones, addressesInZone, requestsOfTask } = of;
  const page = pageBytes();
  const row = (what: string, value: (tasks: number) => string) => [what, ...SIZES.map(value)];
  const reads = (perTask: number) => (tasks: number) => share(tasks * perTask, quotas.reads.value);
  return {
    head: ['of the default quota in brackets', ...SIZES.map((size) => `${count(size)} tasks`)],
    rows: [
      row('vCPUs, in a rollout', (tasks) => count(tasks * vcpusOfTask * rollout)),
      row('addresses in a rollout, with one zone lost', (tasks) =>
        share(tasks * rollout, addressesInZone * (zones - 1)),
      ),
      row('minutes to launch a new version', (tasks) => minutes(tasks / quotas.taskLaunches.value)),
      row('GB of image pulled for it', (tasks) => decimals((tasks * IMAGE) / 1000)),
      row('requests/s that scaling aims at', (tasks) =>
        share(tasks * requestsOfTask, quotas.webRequests.value),
      ),
      row('GB/s, were each a full page', (tasks) => decimals((tasks * requestsOfTask * page) / 1e9)),
      row('LCU for that', (tasks) => count((tasks * requestsOfTask * page * 3600) / 1e9)),
      row('looks at directories/s, quiet', reads((LOOKED_AT.quiet * 1000) / FRESH)),
      row('looks at directories/s, busy', reads((LOOKED_AT.busy * 1000) / FRESH)),
      row(
        'lookups/s, were a full, changing directory to need one an entry',
        reads((SHARD_CAPACITY * 1000) / FRESH),
      ),
      row('reads of `/files/{name}`/s', reads(requestsOfTask)),
      row('calls of PutLogEvents/s, at the most', (tasks) => share(tasks / LOG_FLUSH, quotas.logCalls.value)),
    ],
  };
}

/** What so many records take, had they come evenly over a year. */
export function recordTable(): Table {
  const sizes = [10_000, 1_000_000, 100_000_000];
  const day = (records: number) => records / 365;
  const directories = (records: number) => 12 * directoriesOfMonth(day(records));
  const row = (what: string, value: (records: number) => string) => [what, ...sizes.map(value)];
  return {
    head: ['evenly over a year', ...sizes.map((size) => `${count(size)} records`)],
    rows: [
      row('records a day', (records) => count(day(records))),
      row('directories', (records) => count(directories(records))),
      row('hours until each has been counted again', (records) => decimals(directories(records) / 3600)),
      row('MB of names, packed', (records) => decimals((records * PACKED) / 1e6)),
      row('of the names, in the cache at the most', (records) =>
        percent(Math.min(1, CACHE / (records * PACKED))),
      ),
      row('pages of 1,000', (records) => count(records / PAGE)),
      row('MB of the listing as text', (records) => decimals((records * LINE) / 1e6)),
      row('seconds for it, directories read before', (records) =>
        CACHE < records * PACKED ? '–' : decimals(records / measured('directories read before')),
      ),
      row('seconds for it, none read before', (records) =>
        decimals(records / measured('no directory read before')),
      ),
      row('GB in EFS', (records) => decimals((records * OBJECT) / 1e9)),
      row('USD a month for them', (records) => decimals(((records * OBJECT) / 1e9) * gigabyte.efsStored)),
    ],
  };
}

/** The size of a full page as JSON, in bytes, without its headers. */
function pageBytes(): number {
  const name = newRecordName();
  return JSON.stringify({
    files: Array(PAGE).fill(name),
    total: 1e6,
    next: `/files?limit=${PAGE}&after=${name}`,
  }).length;
}

/** Names a second, from the table in docs/performance.md, which `npm run bench -- history` prints. */
function measured(how: string): number {
  const text = readFileSync(join(__dirname, '../../docs/performance.md'), 'utf8');
  const [, millions] = new RegExp(`names as text, ${how} \\| ([\\d.]+) million/s`).exec(text) ?? [];
  if (!millions) throw new Error(`docs/performance.md does not say how fast names are with ${how}.`);
  return Number(millions) * 1e6;
}

const count = (value: number) => Math.floor(value).toLocaleString('en');
const decimals = (value: number) => (value < 100 ? Number(value.toPrecision(2)).toString() : count(value));
const percent = (value: number) => `${decimals(100 * value)} %`;
const share = (value: number, limit: number) => `${decimals(value)} (${percent(value / limit)})`;
const minutes = (value: number) => (value < 1 ? '< 1' : count(Math.ceil(value)));
