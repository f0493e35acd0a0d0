import { Duration } from 'aws-cdk-lib';
import { refuseUndefined } from './support/refuse-undefined';

/** What a container says of itself. */
export interface ContainerTiming {
  /** How long it may take until it listens; past it, it exits by itself. */
  readonly startupDeadline: Duration;
  /** How long it goes on serving after SIGTERM. */
  readonly drain: Duration;
  /** How long it may take after that to finish what is in flight, whatever clients do, and to exit. */
  readonly closing: Duration;
  /** It closes a connection that was silent for this long. */
  readonly keepAlive: Duration;
}

/** The durations that decide whether a request is lost when one container takes over from another. */
export interface RolloutTiming extends ContainerTiming {
  /** Failed health checks do not count for as long as this after a task's start. */
  readonly healthCheckGracePeriod: Duration;
  readonly healthCheckInterval: Duration;
  readonly healthCheckTimeout: Duration;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
  /** How long the load balancer lets requests in flight finish after it stopped sending new ones. */
  readonly deregistrationDelay: Duration;
  /** How long after SIGTERM ECS sends SIGKILL. */
  readonly stopTimeout: Duration;
  /** The load balancer closes a connection that was silent for this long. */
  readonly idleTimeout: Duration;
}

/**
 * The timing of rollouts for a container, fast unless something is replaced.
 *
 * Throws when durations contradict each other. The message names the failure that the rule prevents, because from outside
 * each of them looks like a random 502.
 */
export function rolloutTiming({
  startupDeadline,
  drain,
  closing,
  keepAlive,
  healthCheckGracePeriod = Duration.seconds(75),
  healthCheckInterval = Duration.seconds(5), // the least that a load balancer offers
  healthCheckTimeout = Duration.seconds(3),
  healthyThresholdCount = 2,
  unhealthyThresholdCount = 3,
  deregistrationDelay = drain.plus(Duration.seconds(5)), // AWS's default of 300 s is what makes rollouts slow
  stopTimeout = Duration.seconds(30),
  idleTimeout = Duration.seconds(60),
}: ContainerTiming & Partial<RolloutTiming>): RolloutTiming {
  refuseUndefined('rolloutTiming', { startupDeadline, drain, closing, keepAlive });
  const spotReclaimNotice = Duration.seconds(120);
  const longestStopTimeout = Duration.seconds(121);
  const firstHealthy = Duration.seconds(
    startupDeadline.toSeconds() + healthCheckInterval.toSeconds() * healthyThresholdCount,
  );
  below(
    { drain },
    { deregistrationDelay },
    'ECS may stop a task that still gets requests (aws/containers-roadmap#708)',
  );
  below({ drainAndClosing: drain.plus(closing) }, { stopTimeout }, 'SIGKILL would end requests in flight');
  below(
    { deregistrationDelay },
    { spotReclaimNotice },
    'the task would be gone while it is still registered',
  );
  below({ stopTimeout }, { longestStopTimeout }, 'Fargate allows 120 s');
  below(
    { idleTimeout },
    { keepAlive },
    'the load balancer would reuse a connection that the container has just closed',
  );
  below({ healthCheckTimeout }, { healthCheckInterval }, 'the load balancer refuses it');
  below({ firstHealthy }, { healthCheckGracePeriod }, 'a slow start would be taken for a failed one');
  return {
    startupDeadline,
    drain,
    closing,
    keepAlive,
    healthCheckGracePeriod,
    healthCheckInterval,
    healthCheckTimeout,
    healthyThresholdCount,
    unhealthyThresholdCount,
    deregistrationDelay,
    stopTimeout,
    idleTimeout,
  };
}

/** Takes two durations by their names: `below({ drain }, { stopTimeout }, …)`. */
function below(lower: Record<string, Duration>, upper: Record<string, Duration>, otherwise: string): void {
  for (const [name, value] of Object.entries(lower)) {
    for (const [limitName, limit] of Object.entries(upper)) {
      if (value.toSeconds() < limit.toSeconds()) continue;
      const values = `${name} (${value.toSeconds()} s) must be below ${limitName} (${limit.toSeconds()} s)`;
      throw new Error(`${values}: ${otherwise}`);
    }
  }
}
