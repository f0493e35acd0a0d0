import type { DeploymentOptions, LocalDeployment } from './local-deployment';
import type { Timeline } from './timeline';

/** One measured value, and whether it is what it has to be. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  /** What it has to be; undefined where it is told for information alone. */
  readonly limit?: string;
  readonly holds: boolean;
}

/** What a scenario is given. */
export interface ScenarioContext {
  readonly timeline: Timeline;
  /** Aborted when the rehearsal is interrupted. */
  readonly signal: AbortSignal;
  /** Starts replicas behind a load balancer, which are removed after the scenario, whatever becomes of it. */
  deploy(options: DeploymentOptions): Promise<LocalDeployment>;
  /** Runs `undo` after the scenario, before everything registered earlier. */
  cleanUp(undo: () => Promise<unknown> | unknown): void;
  /** Tells the person who watches, and the report. */
  say(event: string): void;
  wait(seconds: number): Promise<void>;
}

/** Every scenario, in the order in which they run: the crowd last, of which Docker may leave something behind. */
export const NAMES = [
  'seed',
  'rollout',
  'reclaim',
  'crashes',
  'storage',
  'limits',
  'overload',
  'aws',
  'crowd',
] as const;
export type ScenarioName = (typeof NAMES)[number];

export interface Scenario {
  readonly name: ScenarioName;
  readonly title: string;
  /** Why it cannot run on this machine; undefined when it can. */
  missing?(): string | undefined;
  run(context: ScenarioContext): Promise<Figure[]>;
}

export const atMost = (what: string, value: number, limit: number, unit = ''): Figure => ({
  what,
  value: `${round(value)}${unit}`,
  limit: limit === 0 ? '0' : `≤ ${round(limit)}${unit}`,
  holds: value <= limit,
});

export const atLeast = (what: string, value: number, limit: number, unit = ''): Figure => ({
  what,
  value: `${round(value)}${unit}`,
  limit: `≥ ${round(limit)}${unit}`,
  holds: value >= limit,
});

export const told = (what: string, value: string): Figure => ({ what, value, holds: true });

const round = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)));
