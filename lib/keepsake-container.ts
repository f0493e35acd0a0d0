import { Duration } from 'aws-cdk-lib';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';

/**
 * What the container promises to whoever runs it. The Dockerfile states the same in its own words, and a test holds
 * the two together, so that the task definition needs no environment of its own.
 */
export const keepsakeContainer = {
  port: 8080,
  healthPath: '/healthz',
  /** `nonroot` in the distroless images. */
  user: '65532',
  /** The history that all containers share. */
  sharedPath: '/mnt/history',
  /** This container's own file. */
  scratchPath: '/var/lib/keepsake',
  /** It exits by itself when the history could not be reached for so long. */
  startupDeadline: Duration.seconds(60),
  drain: Duration.seconds(10),
  closing: Duration.seconds(9),
  keepAlive: Duration.seconds(65),
  /** Finds its warnings and errors in the log; app/main.ts has the levels by name. */
  warnings: [
    'fields @timestamp, level, msg, event',
    'filter level in ["warn", "error", "fatal"]',
    'sort @timestamp desc',
    'limit 50',
  ],
  /** The line that it logs when the history cannot be reached. */
  storageErrors: FilterPattern.stringValue('$.event', '=', 'history_unavailable'),
  /** It takes 64 KiB of body and 10,000 characters of query, where the firewall's common rules stop at 8 and 2 KiB. */
  ownSizeLimits: ['SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING'],
};
