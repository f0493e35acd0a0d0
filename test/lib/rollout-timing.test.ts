import { Duration } from 'aws-cdk-lib';
import { rolloutTiming } from '../../lib/rollout-timing';
import { timing } from './support/a-service';

const seconds = Duration.seconds;

const container = {
  startupDeadline: seconds(60),
  drain: seconds(10),
  closing: seconds(9),
  keepAlive: seconds(65),
};

test('without more than the container, rollouts are fast', () => {
  const { startupDeadline: _, ...rest } = rolloutTiming(container);
  const values = Object.entries(rest).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : value.toSeconds(),
  ]);
  expect(Object.fromEntries(values)).toEqual({
    healthCheckGracePeriod: 75,
    healthCheckInterval: 5,
    healthCheckTimeout: 3,
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 3,
    drain: 10,
    closing: 9,
    deregistrationDelay: 15,
    stopTimeout: 30,
    idleTimeout: 60,
    keepAlive: 65,
  });
});

test('the load balancer waits a little longer than the container drains', () => {
  const { deregistrationDelay } = rolloutTiming({ ...container, drain: seconds(20) });
  expect(deregistrationDelay.toSeconds()).toBe(25);
});

test('a value that is given as undefined is the default', () => {
  expect(rolloutTiming({ ...container, stopTimeout: undefined }).stopTimeout.toSeconds()).toBe(30);
});

test('what is given replaces the default', () => {
  expect(rolloutTiming(timing)).toEqual(timing);
});

test.each([
  [
    { drain: seconds(15), deregistrationDelay: seconds(15) },
    'drain (15 s) must be below deregistrationDelay (15 s)',
  ],
  [
    { drain: seconds(21), deregistrationDelay: seconds(60) },
    'drainAndClosing (30 s) must be below stopTimeout (30 s)',
  ],
  [
    { deregistrationDelay: seconds(120) },
    'deregistrationDelay (120 s) must be below spotReclaimNotice (120 s)',
  ],
  [
    { stopTimeout: seconds(121) },
    'stopTimeout (121 s) must be below longestStopTimeout (121 s): Fargate allows 120 s',
  ],
  [{ keepAlive: seconds(60) }, 'idleTimeout (60 s) must be below keepAlive (60 s)'],
  [{ healthCheckTimeout: seconds(5) }, 'healthCheckTimeout (5 s) must be below healthCheckInterval (5 s)'],
  [{ startupDeadline: seconds(65) }, 'firstHealthy (75 s) must be below healthCheckGracePeriod (75 s)'],
])('refuses %j with both values', (change, message) => {
  expect(() => rolloutTiming({ ...container, ...change })).toThrow(message);
});
