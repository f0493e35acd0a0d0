import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { NameTakenError, Publication, writeSynced } from './history/publish';
import { createdAt, newRecordName } from './history/record-name';
import type { StorageGate } from './history/storage/storage-gate';

/** The pauses between attempts to publish, in milliseconds: each twice the one before, up to the longest. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

interface OwnFileOptions {
  generatedDir: string;
  historyDir: string;
  /** How long to go on trying, in seconds. */
  publishSeconds: number;
  gate: StorageGate;
  log: Logger;
  /** Gives up as soon as it is aborted. */
  stop: AbortSignal;
}

/** The file that this container leaves could not be made or published; the message says why, for a person. */
export class OwnFileError extends Error {
  override name = 'OwnFileError';
}

/**
 * Generates this container's own file and publishes it to the history, trying again while the history fails.
 * @returns its name, which no other container has.
 * @throws OwnFileError; or the signal's reason, when it is aborted.
 */
export async function leaveOwnFile(options: OwnFileOptions): Promise<string> {
  const { historyDir, publishSeconds, gate, log, stop } = options;
  const patience = performance.now() + publishSeconds * 1000;
  let file = await generate(options.generatedDir);
  let publication = new Publication(historyDir, file.name, file.text);
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      await gate.run(() => publication.attempt());
      return file.name;
    } catch (error) {
      stop.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof NameTakenError) {
        file = await generate(options.generatedDir);
        publication = new Publication(historyDir, file.name, file.text);
      }
      if (performance.now() + pause > patience) {
        throw new OwnFileError(
          `Could not publish ${file.name} to ${historyDir} within ${publishSeconds} s: ${reason}`,
        );
      }
      log.warn({ event: 'history_unavailable', err: error }, `Publishing ${file.name} failed; trying again.`);
      await sleep(pause, undefined, { signal: stop });
    }
  }
}

async function generate(directory: string): Promise<{ name: string; text: string }> {
  const name = newRecordName();
  // The seal tells this file from another container's of the same name, should chance or a cloned machine make one.
  const text = `${name}\nLeft by a container that started at ${createdAt(name).toISOString()}.\nSeal ${randomUUID()}\n`;
  try {
    await mkdir(directory, { recursive: true });
    await writeSynced(join(directory, name), text);
  } catch (error) {
    throw new OwnFileError(
      `Could not make this container's own file in ${directory}: ${(error as Error).message}`,
    );
  }
  return { name, text };
}
