import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from 'undici';
import { Failure } from '../support/command-line';
import { lastLine } from './command';
import { type Compose, isReplica } from './compose';
import { type Container, docker, ownFilesOf } from './docker';

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
  const restarts = new Map<string, number>();
  const answered = new Set<string>();
  for (;;) {
    const containers = await compose.containers();
    for (const container of containers) await refuseEnded(container, restarts);
    const found = await Promise.all(
      containers.filter(isReplica).map(async (container) => ({
        ...container,
        file: (await ownFilesOf(container)).at(-1) ?? '',
      })),
    );
    const listening = found.filter(({ file }) => file);
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

/** Throws when a container has ended or been started again since it was first looked at. */
async function refuseEnded(container: Container, restarts: Map<string, number>): Promise<void> {
  const { id, name, running } = container;
  const before = restarts.get(id) ?? container.restarts;
  restarts.set(id, before);
  if (running && container.restarts === before) return;
  const log =
    lastLine(await docker(['logs', '--tail', '1', id], { errorsToo: true })) ?? 'it has logged nothing';
  throw new Failure(`${name} does not stay up: ${messageIn(log)}`);
}

/** The message in a line of the log, which may be JSON, without a full stop. */
function messageIn(line: string): string {
  const message = line.startsWith('{') ? (JSON.parse(line).msg ?? line) : line;
  return message.replace(/\.$/, '');
}

/** The own file of the replica that answers; empty while none does. */
async function fileAt(origin: string): Promise<string> {
  try {
    const response = await fetch(`${origin}/file`, { signal: AbortSignal.timeout(5000) });
    return ((await response.json()) as { file: string }).file;
  } catch {
    return '';
  }
}
