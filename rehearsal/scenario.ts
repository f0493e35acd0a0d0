import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock';
import { Load } from './load';
import { type DeploymentOptions, LocalDeployment } from './local-deployment';
import type { Route } from './routes';
import { reasons, Timeline } from './timeline';

export interface Scenario {
  readonly title: string;
  /** Why it cannot run on this machine; undefined when it can. */
  missing?(): string | undefined;
  run(run: ScenarioRun): Promise<void>;
}

/** One measured value, and whether it is what it has to be. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  /** What it has to be; undefined where it is told for information alone. */
  readonly limit?: string;
  readonly holds: boolean;
}

/** A scenario under way: what it starts, what happens, what it measures, and what is undone after it. */
export class ScenarioRun {
  readonly timeline = new Timeline();
  readonly figures: Figure[] = [];
  readonly #undoing: (() => Promise<unknown> | unknown)[] = [];

  /** @param signal aborted when the rehearsal is interrupted */
  constructor(readonly signal: AbortSignal) {}

  /** Starts replicas behind a load balancer, which are removed after the scenario, whatever becomes of it. */
  deploy(options: DeploymentOptions): Promise<LocalDeployment> {
    this.cleanUp(() => LocalDeployment.clear());
    return LocalDeployment.start(options, this.signal);
  }

  load(origin: string, routes: readonly Route[], timeline = this.timeline): Load {
    const load = new Load({ origin, routes, timeline });
    this.cleanUp(() => load.stop());
    return load;
  }

  /** Runs `undo` after the scenario, before everything registered earlier. */
  cleanUp(undo: () => Promise<unknown> | unknown): void {
    this.#undoing.unshift(undo);
  }

  /** A new empty directory, removed after the scenario. */
  temporaryDirectory(): string {
    const path = mkdtempSync(join(tmpdir(), 'keepsake-rehearsal-'));
    this.cleanUp(() => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  /** Undoes all of it, also when a part of that fails. */
  async undo(): Promise<void> {
    for (const undo of this.#undoing) {
      try {
        await undo();
      } catch (error) {
        this.say((error as Error).message);
      }
    }
  }

  /** Tells the person who watches, and the report. */
  say(event: string): void {
    this.timeline.note(event);
    console.log(`  · ${event}`);
  }

  wait(seconds: number): Promise<void> {
    return sleep(seconds * 1000, undefined, { signal: this.signal });
  }

  /** Looks again until it holds. @returns the seconds that it took; Infinity when it did not hold in so many */
  async eventually(seconds: number, holds: () => Promise<boolean>): Promise<number> {
    for (const start = now(); ; await this.wait(0.1)) {
      if (await holds()) return (now() - start) / 1000;
      if (now() - start > seconds * 1000) return Number.POSITIVE_INFINITY;
    }
  }

  atMost(what: string, value: number, limit: number, unit = ''): void {
    const limited = limit === 0 ? '0' : `≤ ${round(limit)}${unit}`;
    this.add({ what, value: `${round(value)}${unit}`, limit: limited, holds: value <= limit });
  }

  atLeast(what: string, value: number, limit: number): void {
    this.add({ what, value: `${round(value)}`, limit: `≥ ${round(limit)}`, holds: value >= limit });
  }

  tell(what: string, value: string): void {
    this.add({ what, value, holds: true });
  }

  /** Holds the load to no failed request, and tells which failed. */
  noneFailed(...timelines: readonly Timeline[]): void {
    const failures = [this.timeline, ...timelines].flatMap((timeline) => timeline.failures);
    this.atMost('failed requests', failures.length, 0);
    if (failures.length > 0) this.tell('which', reasons(failures));
  }

  add(figure: Figure): void {
    this.figures.push(figure);
    console.log(`  ${lineOf(figure)}`);
  }
}

/** A figure as a person reads it. */
export const lineOf = ({ what, value, limit, holds }: Figure): string =>
  limit === undefined ? `${what}: ${value}` : `${holds ? 'ok' : 'FAIL'} ${what}: ${value} (${limit})`;

const round = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)));
