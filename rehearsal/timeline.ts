/** One request of the load. */
export interface Sample {
  /** When it was due and when it had been answered, in milliseconds, as `performance.now()` tells it: it is never set. */
  readonly from: number;
  readonly to: number;
  readonly route: string;
  readonly status: number;
  /** Why it failed; undefined when the answer was one of those expected. */
  readonly failure: string | undefined;
}

/** Every request of a load. */
export class Timeline {
  readonly samples: Sample[] = [];

  get failures(): Sample[] {
    return this.samples.filter(({ failure }) => failure !== undefined);
  }

  /** Requests a second, from the first to the last. */
  rate(): number {
    const [first, last] = [this.samples[0], this.samples.at(-1)];
    return first && last ? (this.samples.length * 1000) / (last.to - first.from) : 0;
  }

  /** The last second in a line. */
  lately(): string {
    const samples = this.samples.filter(({ to }) => to > performance.now() - 1000);
    return `${samples.length} requests/s  p99 ${p99(samples).toFixed(0)} ms  ${this.failures.length} failed`;
  }

  /** The samples of a route that were due between two moments. */
  between(from: number, to: number, route: string): Sample[] {
    return this.samples.filter((sample) => sample.from >= from && sample.from < to && sample.route === route);
  }
}

/** The 99th percentile of the samples' duration in milliseconds; 0 without any. */
export function p99(samples: readonly Sample[]): number {
  const durations = samples.map(({ from, to }) => to - from).toSorted((a, b) => a - b);
  return durations[Math.ceil(durations.length * 0.99) - 1] ?? 0;
}

/** The longest duration of the samples in milliseconds. */
export const slowest = (samples: readonly Sample[]): number =>
  Math.max(0, ...samples.map(({ from, to }) => to - from));

/** How often each reason occurs among the samples, as a person reads it. */
export function reasons(samples: readonly Sample[]): string {
  const counts = new Map<string, number>();
  for (const { route, failure } of samples) {
    const reason = `${failure} at ${route}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${count} × ${reason}`).join(', ');
}
