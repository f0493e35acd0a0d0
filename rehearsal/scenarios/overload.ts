import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { recordId } from '../../app/history/record-name';
import { type Container, docker } from '../../scripts/containers/docker';
import { DAY, nameAt, spreadOverYear } from '../../test/support/records';
import { now } from '../clock';
import { Load } from '../load';
import { type Route, routes } from '../routes';
import { atMost, type Scenario, type ScenarioContext, told } from '../scenario';
import { reasons, Timeline } from '../timeline';

const RECORDS = 1_000_000;
const CROWD = 1000;
/** Random pages a second. */
const PAGES = 400;
/** Requests a second of what must not notice. */
const RATE = 40;
/** A second is the aim, in milliseconds; the rest is for the clients, which take their share of the same machine. */
const SLOWEST = 1500;
const UNTOUCHED = ['getOwnFile', 'getHealth'];
/** How long each burden is watched, in seconds. */
const SECONDS = 20;

export const overload: Scenario = {
  name: 'overload',
  title: `One replica with ${RECORDS} records, ${PAGES} random pages/s, ${CROWD} listings at once and ${CROWD} slow readers`,
  missing: () =>
    process.platform === 'linux' ? undefined : "it has more clients than Docker's proxy: Linux",
  async run(context) {
    const { timeline } = context;
    const directory = mkdtempSync(join(tmpdir(), 'keepsake-overload-'));
    context.cleanUp(() => rmSync(directory, { recursive: true }));
    const history = join(directory, 'history');
    const mask = process.umask(0); // The container's user writes there.
    spreadOverYear(history, RECORDS);
    process.umask(mask);
    const env = { REHEARSAL_STORAGE: history };
    const deployment = await context.deploy({ replicas: 1, overrides: ['storage'], env });
    const [replica] = (await deployment.replicas()) as [Container];
    const origin = `http://${replica.address}:8080`;
    // On a connection each, as a load balancer checks health.
    const untouched = routes('')
      .filter(({ name }) => UNTOUCHED.includes(name))
      .map((route) => ({ ...route, headers: { ...route.headers, connection: 'close' } }));
    const pages = new Timeline();
    for (const load of [
      new Load({ origin, routes: untouched, timeline }).atRate(RATE),
      new Load({ origin, routes: Array.from({ length: 10_000 }, randomPage), timeline: pages }).atRate(PAGES),
    ])
      context.cleanUp(() => load.stop());
    await context.wait(SECONDS);
    context.say(`${CROWD} listings at once`);
    const listings = crowd(origin, context);
    await context.wait(SECONDS);
    context.say(`${CROWD} slow readers`);
    const readers = crowd(origin, context, 1);
    await context.wait(SECONDS);

    const log = await docker(['logs', replica.id]);
    const [after] = (await deployment.replicas()) as [Container];
    const all = [timeline, pages, listings, readers];
    return [
      ...UNTOUCHED.map((name) => {
        const samples = timeline.samples.filter(({ route }) => route === name);
        const slowest = Math.max(...samples.map(({ from, to }) => to - from));
        return atMost(`slowest answer of ${name}`, slowest, SLOWEST, ' ms');
      }),
      atMost('failed requests', all.flatMap(({ failures }) => failures).length, 0),
      atMost('lines that blame the storage', log.split('"history_unavailable"').length - 1, 0),
      atMost('restarts', after.restarts, 0),
      told('random pages', statuses(pages)),
      told('listings at once', statuses(listings)),
      told('slow readers', statuses(readers)),
    ];
  },
};

const randomPage = (): Route => ({
  name: 'listFiles',
  method: 'GET',
  path: `/files?after=${recordId(nameAt(Date.now() - Math.random() * 364 * DAY))}`,
  headers: {},
  expected: [200, 503],
});

/** Clients that ask for all names at once, and read so slowly as to pause for so many seconds after each chunk. */
function crowd(origin: string, { cleanUp }: ScenarioContext, pause = 0): Timeline {
  const timeline = new Timeline();
  const dispatcher = new Agent();
  cleanUp(() => dispatcher.destroy());
  const one = async () => {
    const from = now();
    const record = (status: number, failure?: string) =>
      timeline.record({ from, to: now(), route: 'listFiles', status, failure });
    const options = { headers: { accept: 'text/plain' }, dispatcher };
    const answer = await request(`${origin}/files`, options).catch(({ message }) => record(0, message));
    if (!answer) return;
    const { statusCode: status, headers, body } = answer;
    const refused = status === 503 && 'retry-after' in headers;
    record(status, status === 200 || refused ? undefined : `status ${status}`);
    for await (const _chunk of body) await sleep(pause * 1000);
  };
  // Within a tenth of a second, to keep this process from measuring itself. What is still being sent at the end breaks off.
  for (let i = 0; i < CROWD; i++) setTimeout(() => one().catch(() => undefined), i / 10);
  return timeline;
}

/** How often each status was answered. */
const statuses = ({ samples }: Timeline): string =>
  reasons(samples.map((sample) => ({ ...sample, failure: String(sample.status) })));
