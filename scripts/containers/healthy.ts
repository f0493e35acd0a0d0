import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from 'undici';
import { Failure } from '../support/command-line';
import { execute, lastLine } from './command';
import { type Compose, isReplica } from './compose';
import { type Container, ownFilesOf } from './docker';

/** How long replicas may take, in milliseconds: they give up by themselves after 60 s without a history. */
const PATIENCE = 75_000;
const PAUSE = 250;

export interface Replica extends Container {
  readonly file: string;
}

/**
 * Waits until so many replicas listen, and the load balancer at `origin` has let each of them answer.
 * @throws Failure when one of them ends, or they take too long.
 */
export async function healthy(
  compose: Compose,
  origin: string,
  count: number,
  signal?: AbortSignal,
): Promise<Replica[]> {
  const end = Date.now() + PATIENCE;
  const answered = new Set<string>();
  for (;;) {
    const containers = await compose.containers();
    const replicas = await Promise.all(
      containers
        .filter(isReplica)
        .map(async (replica) => ({ ...replica, file: (await ownFilesOf(replica)).at(-1) ?? '' })),
    );
    const ended =
      containers.find(({ running }) => !running) ??
      replicas.find(({ file, restarts }) => !file && restarts > 0);
    if (ended) await refuse(ended);
    const listening = replicas.filter(({ file }) => file);
    if (listening.length === count) {
      for (let i = 0; i < 4 * count; i++) answered.add(await fileAt(origin));
      if (listening.every(({ file }) => answered.has(file))) return listening;
    }
    if (Date.now() > end) {
      const answering = listening.filter(({ file }) => answered.has(file)).length;
      throw new Failure(
        `after ${PATIENCE / 1000} s ${listening.length} of ${count} replicas listen, and ${answering} answer through the load balancer`,
      );
    }
    await sleep(PAUSE, undefined, { signal });
  }
}

/** @throws Failure with what a container has logged last, which may be JSON. */
async function refuse({ id, name }: Container): Promise<never> {
  const { output, errors } = await execute('docker', ['logs', '--tail', '20', id]);
  // One that starts again and again may have begun anew. HAProxy begins with notices, which tell no reason.
  const log = lastLine((output + errors).replace(/^\[NOTICE\].*/gm, '')) ?? '';
  const reason = log.startsWith('{') ? (JSON.parse(log).msg ?? log) : log;
  throw new Failure(`${name} does not stay up: ${reason.replace(/\.$/, '') || 'it has logged nothing'}`);
}

/** The own file of the replica that answers; empty while none does. */
function fileAt(origin: string): Promise<string> {
  return fetch(`${origin}/file`, { signal: AbortSignal.timeout(5000) })
    .then(async (answer) => ((await answer.json()) as { file: string }).file)
    .catch(() => '');
}
