import { now } from './clock';
import { p99, type Timeline } from './timeline';

/** Shows what happens while it happens: one line that is written over on a terminal, one every ten seconds elsewhere. */
export class Progress {
  readonly #terminal = process.stdout.isTTY;
  #ticks: NodeJS.Timeout | undefined;

  start(timeline: Timeline): void {
    let seconds = 0;
    this.#ticks = setInterval(() => {
      seconds++;
      if (!this.#terminal && seconds % 10 !== 0) return;
      const answered = timeline.samples.filter(({ to }) => to > now() - 1000);
      const line = `  ${seconds} s  ${answered.length} requests/s  p99 ${p99(answered).toFixed(0)} ms  ${timeline.failures.length} failed`;
      process.stdout.write(this.#terminal ? `\r\x1b[K${line}` : `${line}\n`);
    }, 1000);
  }

  say(what: string): void {
    this.#clear();
    console.log(`  · ${what}`);
  }

  stop(): void {
    clearInterval(this.#ticks);
    this.#clear();
  }

  #clear(): void {
    if (this.#terminal) process.stdout.write('\r\x1b[K');
  }
}
