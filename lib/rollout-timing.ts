import { Duration } from 'aws-cdk-lib';

/** The durations that decide whether a request is lost when one container takes over from another. */
export interface RolloutTiming {
  /** How long a container may take until it listens; past it, it exits by itself. */
  readonly startupDeadline: Duration;
  /** Failed health checks do not count for as long as this after a task's start. */
  readonly healthCheckGracePeriod: Duration;
  readonly healthCheckInterval: Duration;
  readonly healthCheckTimeout: Duration;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
  /** How long a container goes on serving after SIGTERM. */
  readonly drain: Duration;
  /** How long the load balancer lets requests in flight finish after it stopped sending new ones. */
  readonly deregistrationDelay: Duration;
  /** How long after SIGTERM ECS sends SIGKILL. */
  readonly stopTimeout: Duration;
  /** The load balancer closes a connection that was silent for this long. */
  readonly idleTimeout: Duration;
  /** The container closes a connection that was silent for this long. */
  readonly keepAlive: Duration;
}

/**
 * Throws when the durations contradict each other; returns them otherwise.
 *
 * Each rule names the failure that it prevents, because each looks like a random 502 from outside.
 */
export function rolloutTiming(timing: RolloutTiming): RolloutTiming {
  const firstHealthy = Duration.seconds(
    timing.startupDeadline.toSeconds() +
      timing.healthCheckInterval.toSeconds() * timing.healthyThresholdCount,
  );
  const spotNotice = Duration.seconds(120);
  below(
    'drain',
    timing.drain,
    'deregistrationDelay',
    timing.deregistrationDelay,
    'ECS may send SIGTERM before the load balancer stops sending (aws/containers-roadmap#708)',
  );
  below('drain', timing.drain, 'stopTimeout', timing.stopTimeout, 'SIGKILL would end requests in flight');
  below(
    'deregistrationDelay',
    timing.deregistrationDelay,
    'the notice of a Spot reclaim',
    spotNotice,
    'the task is gone while it is still registered',
  );
  atMost(
    'stopTimeout',
    timing.stopTimeout,
    'the most that Fargate allows',
    Duration.seconds(120),
    'the service would not deploy',
  );
  below(
    'idleTimeout',
    timing.idleTimeout,
    'keepAlive',
    timing.keepAlive,
    'the load balancer would reuse a connection that the container has just closed',
  );
  atMost(
    'startupDeadline plus the first healthy checks',
    firstHealthy,
    'healthCheckGracePeriod',
    timing.healthCheckGracePeriod,
    'a container that is slow to start would be replaced before it has given up by itself',
  );
  return timing;
}

function below(name: string, value: Duration, limitName: string, limit: Duration, otherwise: string): void {
  if (value.toSeconds() < limit.toSeconds()) return;
  throw new Error(`${name} (${seconds(value)}) must be below ${limitName} (${seconds(limit)}): ${otherwise}`);
}

function atMost(name: string, value: Duration, limitName: string, limit: Duration, otherwise: string): void {
  if (value.toSeconds() <= limit.toSeconds()) return;
  throw new Error(
    `${name} (${seconds(value)}) must not be above ${limitName} (${seconds(limit)}): ${otherwise}`,
  );
}

function seconds(duration: Duration): string {
  return `${duration.toSeconds()} s`;
}
