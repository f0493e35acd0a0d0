import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { recordId } from '../../app/history/record-name';
import { type Container, docker } from '../../scripts/containers/docker';
import { DAY, nameAt, spreadOverYear } from '../../test/support/records';
import { type Route, routes } from '../routes';
import type { Scenario, ScenarioRun } from '../scenario';
import { reasons, slowest, Timeline } from '../timeline';

const RECORDS = 1_000_000;
const CROWD = 1000;
/** Random pages a second. */
const PAGES = 400;
/** Requests a second of what must not notice. */
const RATE = 40;
/** In milliseconds. The aim is a second, and half of that is usual; a machine that is busy or slow takes several times as long. */
const SLOWEST = 3000;
const UNTOUCHED = ['getOwnFile', 'getHealth'];
/** How long each burden is watched, in seconds. */
const SECONDS = 20;

export const scenario: Scenario = {
  title: `One replica with ${RECORDS} records, ${PAGES} random pages/s, ${CROWD} listings at once and ${CROWD} slow readers`,
  missing: () =>
    process.platform === 'linux' ? undefined : "it has more clients than Docker's proxy: Linux",
  async run(run) {
    const history = join(run.temporaryDirectory(), 'history');
    const mask = process.umask(0); // The container's user writes there.
    spreadOverYear(history, RECORDS);
    process.umask(mask);
    const deployment = await run.deploy(1, history);
    const [replica] = (await deployment.replicas()) as [Container];
    const origin = `http://${replica.address}:8080`;
    // On a connection each, as a load balancer checks health.
    const untouched = routes('')
      .filter(({ name }) => UNTOUCHED.includes(name))
      .map((route) => ({ ...route, headers: { ...route.headers, connection: 'close' } }));
    const pages = new Timeline();
    run.load(origin, untouched).atRate(RATE);
    run.load(origin, Array.from({ length: 10_000 }, randomPage), pages).atRate(PAGES);
    await run.wait(SECONDS);
    run.say(`${CROWD} listings at once`);
    const listings = crowd(origin, run);
    await run.wait(SECONDS);
    run.say(`${CROWD} slow readers`);
    const readers = crowd(origin, run, 1);
    await run.wait(SECONDS);

    for (const name of UNTOUCHED) {
      const samples = run.timeline.samples.filter(({ route }) => route === name);
      run.atMost(`slowest answer of ${name}`, slowest(samples), SLOWEST, ' ms');
    }
    run.noneFailed(pages, listings, readers);
    const log = await docker(['logs', replica.id]);
    run.atMost('lines that blame the storage', log.split('"history_unavailable"').length - 1, 0);
    run.atMost('restarts', await deployment.restarts(), 0);
    run.say(`random pages: ${statuses(pages)}`);
    run.say(`listings at once: ${statuses(listings)}`);
    run.say(`slow readers: ${statuses(readers)}`);
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
function crowd(origin: string, run: ScenarioRun, pause = 0): Timeline {
  const timeline = new Timeline();
  const dispatcher = new Agent();
  run.cleanUp(() => dispatcher.destroy());
  const one = async () => {
    const from = performance.now();
    const record = (status: number, failure?: string) => {
      timeline.samples.push({ from, to: performance.now(), route: 'listFiles', status, failure });
    };
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
