import { constants, openSync, writeSync } from 'node:fs';

/** How much waits for a reader, in characters: more than a pipe holds. */
const ROOM = 128 * 1024;
/** How long after a write that failed the next is tried, in milliseconds. */
const RETRY = 100;
/** How long an ending process waits for its reader, in milliseconds. */
const LAST_CHANCE = 500;

/**
 * Lines for a file descriptor that never make the process wait or fail. What cannot be written now waits, and past ROOM the
 * oldest lines are lost; `report` makes the line that says how many, which follows when there is room again.
 *
 * pino's own destination sleeps until a full pipe has a reader, or writes from a thread, which hung storage may hold.
 */
export class LogOutput {
  readonly #fd: number;
  readonly #report: (lost: number) => string;
  /** The rest of the line that is being written. */
  #begun = Buffer.alloc(0);
  readonly #waiting: string[] = [];
  #size = 0;
  #lost = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(fd: number, report: (lost: number) => string) {
    this.#fd = fd;
    this.#report = report;
  }

  write(line: string): void {
    this.#waiting.push(line);
    this.#size += line.length;
    while (this.#size > ROOM) {
      this.#size -= (this.#waiting.shift() as string).length;
      this.#lost++;
    }
    if (!this.#retry) this.#send();
  }

  /** For an ending process: gives the reader a last chance to take what waits. */
  end(): void {
    const patience = performance.now() + LAST_CHANCE;
    const never = new Int32Array(new SharedArrayBuffer(4));
    while (!this.#send() && performance.now() < patience) Atomics.wait(never, 0, 0, 10);
  }

  /** Writes as much as is taken now, and returns whether that was all. */
  #send(): boolean {
    try {
      while (this.#begun.length > 0 || this.#startNext())
        this.#begun = this.#begun.subarray(writeSync(this.#fd, this.#begun));
      return true;
    } catch {
      // Full (EAGAIN), closed (EPIPE), or on a full disk (ENOSPC): each may be over later, and there is nowhere to say so.
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined;
        this.#send();
      }, RETRY).unref();
      return false;
    }
  }

  #startNext(): boolean {
    if (this.#lost > 0) {
      this.#begun = Buffer.from(this.#report(this.#lost));
      this.#lost = 0;
      return true;
    }
    const next = this.#waiting.shift();
    if (next === undefined) return false;
    this.#size -= next.length;
    this.#begun = Buffer.from(next);
    return true;
  }
}

/**
 * A descriptor for what `fd` is open on, where a write never waits: opened anew, because the flag that says so belongs to the
 * open file, which other processes share. Another user's pipe and a socket cannot be opened anew, and only Linux has
 * /proc; there, Node.js's own stream sets the flag when it is made.
 */
export function withoutWaiting(fd: number, makeStream: () => unknown): number {
  try {
    const { O_WRONLY, O_APPEND, O_NONBLOCK, O_NOCTTY } = constants;
    return openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY);
  } catch {
    makeStream();
    return fd;
  }
}
