import { turn } from '../../turns';
import { HistoryOverloadedError, HistoryUnavailableError } from '../errors';

/** How often deadlines are looked at, in milliseconds. */
const TICK = 100;
/** The part of the deadline that an operation, or its wait, takes on healthy storage only where the process gets little of a processor. */
const SLOW = 1 / 3;
/** How many operations may wait for their turn: as many as storage that is well gets through within a deadline. */
const QUEUE = 200;
/** Among so many, an answer of several operations would mostly wait in vain: more than what all listings read ahead. */
const CROWDED = 64;

const TOO_MUCH = new HistoryOverloadedError(
  'More is asked of the history than this container can look up at once.',
);

interface Deadline {
  /** How many ticks are left. */
  ticks: number;
  passed: () => void;
}

/**
 * Keeps a lost file server from taking the process with it. EFS is mounted `hard`: an operation on a server that does
 * not answer blocks its thread for minutes, and libuv has four (AWS: "Mount settings used by EFS mount helper").
 *
 * At most `width` operations are under way; each caller gets its answer, or an error, within about `deadline` milliseconds. An
 * operation that overran keeps its place until the operating system lets go of it, so no more than `width` threads can
 * ever hang; while all of them do, callers are refused at once. What had no turn though none hangs was too much, not a fault.
 *
 * Each result is taken in a turn of its own, and keeps its place until then: a directory's entries take milliseconds, and memory.
 *
 * Deadlines are counted in ticks of a timer, which are late where the process gets little of a processor: it could not have
 * seen an answer meanwhile, and must not blame the storage.
 */
export class StorageGate {
  readonly #width: number;
  readonly #deadline: number;
  /** Of the operations that are under way, and of the callers. */
  readonly #operations = new Set<Deadline>();
  readonly #callers = new Set<Deadline>();
  /** What waits for its turn, and since when: by the clock of `performance`. */
  readonly #waiting = new Map<() => void, number>();
  #ticking: NodeJS.Timeout | undefined;
  #running = 0;
  #overdue = 0;

  constructor({ width, deadline }: { width: number; deadline: number }) {
    this.#width = width;
    this.#deadline = deadline;
  }

  /** Whether an operation is under way, on time or overdue. Node.js waits for its threads when it exits, also for one that hangs. */
  get busy(): boolean {
    return this.#operations.size + this.#overdue > 0;
  }

  /** Why no answer should be begun that takes several operations, where so many wait already. */
  get refusal(): Error | undefined {
    return this.#waiting.size >= CROWDED ? this.#reason() : undefined;
  }

  /** @returns what `answer`, which may take several operations, resolves with, unless it overruns the deadline. */
  inTime<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const answered = this.#expect(this.#callers, () => reject(this.#reason()));
      answer.then(resolve, reject).finally(answered);
    });
  }

  /** Runs one operation on the storage; it must settle once the operating system lets go of it. */
  run<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#overdue >= this.#width) return Promise.reject(this.#unanswered());
    if (this.#waiting.size >= QUEUE) return Promise.reject(this.#reason());
    return new Promise<T>((resolve, reject) => {
      const start = async () => {
        let late = false;
        const ended = this.#expect(this.#operations, () => {
          late = true;
          this.#overdue++;
        });
        this.#running++;
        try {
          const result = await operation().finally(ended);
          await turn();
          resolve(result);
        } catch (error) {
          reject(error);
        }
        answered();
        this.#running--;
        if (late) this.#overdue--;
        this.#startNext();
      };
      // An operation that began at once is overdue by then; any other has waited for its turn.
      const answered = this.#expect(this.#callers, () => {
        this.#waiting.delete(start);
        reject(this.#reason());
      });

      this.#waiting.set(start, performance.now());
      if (this.#running < this.#width) this.#startNext();
    });
  }

  /** In turn. Once the first has waited for long, the latest: others would run out of time, whoever of them came first. */
  #startNext(): void {
    const [first] = this.#waiting;
    if (!first) return;
    const late = performance.now() - first[1] > this.#deadline * SLOW;
    const next = late ? ([...this.#waiting.keys()].at(-1) as () => void) : first[0];
    this.#waiting.delete(next);
    next();
  }

  /** Calls `passed` at the deadline, unless the function that it returns has been called. */
  #expect(deadlines: Set<Deadline>, passed: () => void): () => void {
    const deadline = { ticks: this.#deadline / TICK + 1, passed }; // the first may come at once
    deadlines.add(deadline);
    this.#ticking ??= setInterval(() => this.#tick(), TICK);
    return () => void deadlines.delete(deadline);
  }

  #tick(): void {
    // The operations first: their callers are told which of them is at fault.
    for (const deadlines of [this.#operations, this.#callers]) {
      for (const deadline of deadlines) {
        deadline.ticks--;
        if (deadline.ticks > 0) continue;
        deadlines.delete(deadline);
        deadline.passed();
      }
    }
    if (this.#operations.size + this.#callers.size > 0) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  #reason(): Error {
    const slow = [...this.#operations].some(({ ticks }) => ticks * TICK < this.#deadline * (1 - SLOW));
    if (slow || this.#overdue > 0) return this.#unanswered();
    return TOO_MUCH;
  }

  #unanswered(): HistoryUnavailableError {
    return new HistoryUnavailableError(`The history's storage did not answer within ${this.#deadline} ms.`);
  }
}
