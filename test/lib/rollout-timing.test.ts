import { Duration } from 'aws-cdk-lib';
import { rolloutTiming } from '../../lib/rollout-timing';
import { timing } from './support/a-service';

const seconds = Duration.seconds;

test('durations that fit together are returned as they are', () => {
  expect(rolloutTiming(timing)).toEqual(timing);
});

test.each([
  [{ drain: seconds(6) }, 'drain (6 s) must be below deregistrationDelay (6 s)'],
  [{ drain: seconds(40), deregistrationDelay: seconds(60) }, 'drain (40 s) must be below stopTimeout (40 s)'],
  [
    { deregistrationDelay: seconds(120) },
    'deregistrationDelay (120 s) must be below the notice of a Spot reclaim (120 s)',
  ],
  [
    { stopTimeout: seconds(121) },
    'stopTimeout (121 s) must not be above the most that Fargate allows (120 s)',
  ],
  [{ idleTimeout: seconds(80) }, 'idleTimeout (80 s) must be below keepAlive (80 s)'],
  [
    { startupDeadline: seconds(21) },
    'startupDeadline plus the first healthy checks (51 s) must not be above healthCheckGracePeriod (50 s)',
  ],
])('refuses %j with both values', (change, message) => {
  expect(() => rolloutTiming({ ...timing, ...change })).toThrow(message);
});
