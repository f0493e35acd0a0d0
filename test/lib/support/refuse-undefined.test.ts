import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size, type Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { AccessLog } from '../../../lib/access-log';
import { AlarmTopic } from '../../../lib/alarm-topic';
import { GithubRole } from '../../../lib/ci/github-role';
import { ContainerService } from '../../../lib/container-service';
import { DailyBackup } from '../../../lib/daily-backup';
import { FailureNotices } from '../../../lib/failure-notices';
import { Network } from '../../../lib/network';
import { PublicListeners } from '../../../lib/public-listeners';
import { PublicLoadBalancer } from '../../../lib/public-load-balancer';
import { RollbackOnAlarm } from '../../../lib/rollback-on-alarm';
import { ServiceAlarms } from '../../../lib/service-alarms';
import { ServiceDashboard } from '../../../lib/service-dashboard';
import { ServiceScaling } from '../../../lib/service-scaling';
import { SharedFileSystem } from '../../../lib/shared-file-system';
import { refuseUndefined } from '../../../lib/support/refuse-undefined';
import { Telemetry } from '../../../lib/telemetry';
import { WebFirewall } from '../../../lib/web-firewall';
import { aService, timing } from './a-service';

const { stack, telemetry, network, vpc, entrance, uploads, service } = aService();
const { loadBalancer, targetGroup } = entrance;
const { fileSystem } = uploads;
const provider = OidcProviderNative.fromOidcProviderArn(stack, 'GitHub', 'arn:aws:iam::1:oidc-provider/x');
const topic = new AlarmTopic(stack, 'Topic', { telemetry });
const storageErrors = FilterPattern.stringValue('$.kind', '=', 'disk');
const watched = { loadBalancer, targetGroup, service };
const alarms = new ServiceAlarms(stack, 'Alarms', {
  ...watched,
  minTasks: 2,
  storageErrors,
  runbook: 'x',
  topic,
});

/** Every construct with all the props that have no default. */
const constructs = {
  AccessLog: [AccessLog, { loadBalancer, telemetry }],
  AlarmTopic: [AlarmTopic, { telemetry }],
  ContainerService: [
    ContainerService,
    {
      network,
      loadBalancer: entrance,
      sharedFileSystem: uploads,
      sharedPath: '/srv/uploads',
      scratchPath: '/var/tmp',
      image: ContainerImage.fromAsset(__dirname),
      containerPort: 80,
      user: '1000',
      cpu: 256,
      memoryLimit: Size.gibibytes(1),
      containerInsights: true,
      timing,
      telemetry,
    },
  ],
  DailyBackup: [DailyBackup, { fileSystem }],
  FailureNotices: [FailureNotices, { service, fileSystem, runbook: 'x', topic }],
  GithubRole: [
    GithubRole,
    { provider, subjects: ['repo:a/b:ref:refs/heads/main'], bootstrapRoles: ['lookup'] },
  ],
  Network: [Network, { availabilityZones: 2, egress: 'nat', telemetry }],
  PublicListeners: [PublicListeners, { loadBalancer, targetGroup }],
  PublicLoadBalancer: [
    PublicLoadBalancer,
    {
      vpc,
      targetPort: 80,
      healthCheckPath: '/',
      timing,
      deletionProtection: true,
      accessLogs: true,
      firewall: true,
      telemetry,
    },
  ],
  RollbackOnAlarm: [RollbackOnAlarm, { service, alarms: alarms.alarms }],
  ServiceAlarms: [ServiceAlarms, { ...watched, minTasks: 2, storageErrors, runbook: 'x', topic }],
  ServiceDashboard: [ServiceDashboard, { ...watched, alarms, logQuery: [] }],
  ServiceScaling: [ServiceScaling, { service, targetGroup, minTasks: 2, maxTasks: 3, requestsPerTarget: 9 }],
  SharedFileSystem: [SharedFileSystem, { vpc, path: '/files', owner: '1000', retain: true }],
  Telemetry: [Telemetry, { logRetention: 7, customerManagedKey: true }],
  WebFirewall: [WebFirewall, { loadBalancer, telemetry }],
} as const;

const cases = Object.entries(constructs).flatMap(([name, [Type, props]]) =>
  Object.keys(props).map((prop) => ({ name, prop, Type, props: { ...props, [prop]: undefined } })),
);

test.each(cases)('$name refuses $prop as undefined', ({ name, prop, Type, props }) => {
  const construct = Type as unknown as new (scope: Stack, id: string, given: object) => object;
  expect(() => new construct(stack, `${name}-${prop}`, props)).toThrow(
    `Other/${name}-${prop}: ${prop} is undefined; give it a value`,
  );
});

test('a prop with a default is not', () => {
  const props: { size?: number } = { size: undefined };
  expect(() => refuseUndefined('Stack/Files', props, ['size'])).not.toThrow();
});

test('every construct is among them', () => {
  const lib = join(__dirname, '../../../lib');
  const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const classes = sources.flatMap(
    (path) =>
      readFileSync(join(lib, path), 'utf8').match(/(?<=^export class )\w+(?= extends Construct\b)/gm) ?? [],
  );
  expect(Object.keys(constructs)).toEqual(expect.arrayContaining(classes));
});
