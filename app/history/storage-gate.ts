import { HistoryUnavailableError } from './errors';

/**
 * Keeps a lost file server from taking the process with it. EFS is mounted `hard`: an operation on a server that does
 * not answer blocks its thread for minutes, and libuv has four (AWS: "Mount settings used by EFS mount helper").
 *
 * At most `width` operations are under way; each caller gets its answer, or a HistoryUnavailableError, within `deadline`
 * milliseconds. An operation that overran keeps its place until the operating system lets go of it, so no more than
 * `width` threads can ever hang; while all of them do, callers are refused at once.
 */
export class StorageGate {
  readonly #width: number;
  readonly #deadline: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;
  #overdue = 0;

  constructor({ width, deadline }: { width: number; deadline: number }) {
    this.#width = width;
    this.#deadline = deadline;
  }

  /** Whether an operation is under way. Node.js waits for its threads when it exits, also for one that hangs. */
  get busy(): boolean {
    return this.#running > 0;
  }

  /** @returns what `answer`, which may take several operations, resolves with, unless it overruns the deadline. */
  inTime<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(this.#unanswered()), this.#deadline);
      answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  /** Runs one operation on the storage; it must settle once the operating system lets go of it. */
  run<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#overdue >= this.#width) return Promise.reject(this.#unanswered());
    return new Promise<T>((resolve, reject) => {
      let started = false;
      let late = false;
      const start = async () => {
        started = true;
        this.#running++;
        try {
          resolve(await operation());
        } catch (error) {
          reject(error);
        }
        clearTimeout(timer);
        this.#running--;
        if (late) this.#overdue--;
        this.#startNext();
      };
      const timer = setTimeout(() => {
        late = started;
        if (started) this.#overdue++;
        else this.#waiting.delete(start);
        reject(this.#unanswered());
      }, this.#deadline);

      this.#waiting.add(start);
      if (this.#running < this.#width) this.#startNext();
    });
  }

  #startNext(): void {
    const [next] = this.#waiting;
    if (!next) return;
    this.#waiting.delete(next);
    next();
  }

  #unanswered(): HistoryUnavailableError {
    return new HistoryUnavailableError(`The history's storage did not answer within ${this.#deadline} ms.`);
  }
}
