import { now } from './clock';
import type { Timeline } from './timeline';

/** Shows what happens while it happens: one line that is written over on a terminal, one every ten seconds elsewhere. */
export class Progress {
  readonly #terminal = process.stdout.isTTY;
  #ticks: NodeJS.Timeout | undefined;

  start(timeline: Timeline): void {
    let seconds = 0;
    this.#ticks = setInterval(() => {
      timeline.end = now();
      seconds++;
      if (!this.#terminal && seconds % 10 !== 0) return;
      const { requests, p99 } = timeline.seconds().at(-2) ?? { requests: 0, p99: 0 };
      const line = `  ${seconds} s  ${requests} requests/s  p99 ${p99.toFixed(0)} ms  ${timeline.failures.length} failed`;
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
