import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Load } from './load';
import { LocalDeployment } from './local-deployment';
import type { Route } from './routes';
import { reasons, Timeline } from './timeline';

export interface Scenario {
  readonly title: string;
  /** Why it cannot run on this machine; undefined when it can. */
  missing?(): string | undefined;
  run(run: ScenarioRun): Promise<void>;
}

/** A scenario under way: what it starts, what happens, what it measures, and what is undone after it. */
export class ScenarioRun {
  readonly timeline = new Timeline();
  /** The report: what happened and what was measured, with the seconds since the start. */
  readonly lines: string[] = [];
  /** How many figures are what they have to be, and how many are not. */
  held = 0;
  failed = 0;
  readonly #start = performance.now();
  readonly #undoing: (() => Promise<unknown> | unknown)[] = [];

  /** @param signal aborted when the rehearsal is interrupted */
  constructor(readonly signal: AbortSignal) {}

  /**
   * Starts replicas behind a load balancer, which are removed after the scenario, whatever becomes of it.
   * @param storage the directory that holds their history. @default a volume
   */
  deploy(replicas: number, storage?: string): Promise<LocalDeployment> {
    this.cleanUp(() => LocalDeployment.clear());
    return LocalDeployment.start(replicas, this.signal, storage);
  }

  load(origin: string, routes: readonly Route[], timeline = this.timeline): Load {
    const load = new Load(origin, routes, timeline);
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
  say(line: string): void {
    this.lines.push(`- ${((performance.now() - this.#start) / 1000).toFixed(0)} s: ${line}`);
    console.log(`  ${line}`);
  }

  wait(seconds: number): Promise<void> {
    return sleep(seconds * 1000, undefined, { signal: this.signal });
  }

  /** Looks again until it holds. @returns the seconds that it took; Infinity when it did not hold in so many */
  async eventually(seconds: number, holds: () => Promise<boolean>): Promise<number> {
    for (const start = performance.now(); ; await this.wait(0.1)) {
      if (await holds()) return (performance.now() - start) / 1000;
      if (performance.now() - start > seconds * 1000) return Number.POSITIVE_INFINITY;
    }
  }

  atMost(what: string, value: number, limit: number, unit = ''): void {
    const limited = limit === 0 ? '0' : `≤ ${round(limit)}${unit}`;
    this.hold(what, `${round(value)}${unit}`, limited, value <= limit);
  }

  atLeast(what: string, value: number, limit: number): void {
    this.hold(what, `${round(value)}`, `≥ ${round(limit)}`, value >= limit);
  }

  /** Holds the load to no failed request, and tells which failed. */
  noneFailed(...timelines: readonly Timeline[]): void {
    const failures = [this.timeline, ...timelines].flatMap((timeline) => timeline.failures);
    this.atMost('failed requests', failures.length, 0);
    if (failures.length > 0) this.say(`which: ${reasons(failures)}`);
  }

  /** Tells a figure, and what it has to be. */
  hold(what: string, value: string, limit: string, holds: boolean): void {
    if (holds) this.held++;
    else this.failed++;
    this.say(`${holds ? 'ok' : 'FAIL'} ${what}: ${value} (${limit})`);
  }
}

const round = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)));
