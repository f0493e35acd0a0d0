import { ContextError } from '../../../lib/settings/context-error';
import { stageFromContext } from '../../../lib/settings/stage-settings';

test('the command line replaces a setting, in its own type', () => {
  expect(stageFromContext({ maxTasks: '8', firewall: 'true', egress: 'nat' }).settings).toMatchObject({
    maxTasks: 8,
    firewall: true,
    egress: 'nat',
  });
});

test.each([
  ['staging', {}, 'stage: "staging" does not exist; choose dev or prod, or add -c like=dev for one like dev'],
  ['porod', {}, 'one like dev; did you mean prod?'],
  ['prod', { like: 'dev' }, 'like: "dev" has no use with prod, which has settings of its own'],
  ['review', { like: 'Dev' }, 'like: "Dev" does not exist; choose dev or prod'],
  ['Review/1', { like: 'dev' }, 'stage: "Review/1" is not 1 to 20 lower-case letters, digits or hyphens'],
  ['toString', {}, 'stage: "toString" does not exist; choose dev or prod'],
  ['dev', { regoin: 'eu-west-1' }, 'regoin: there is no such setting; choose availabilityZones, egress,'],
  ['dev', { toString: 'x' }, 'toString: there is no such setting'],
  ['dev', { maxTask: '4' }, 'alarmEmail; did you mean maxTasks?'],
  ['dev', { egress: 'natt' }, 'egress: "natt" is not none or nat; did you mean nat?'],
  ['dev', { cpu: '300' }, 'cpu: "300" is not 256, 512, 1024'],
  ['dev', { memoryMiB: '4096' }, 'memoryMiB: Fargate has no 4096 MiB with cpu 256; choose 512, 1024 or 2048'],
  [
    'dev',
    { cpu: '8192', memoryMiB: '17408' },
    'memoryMiB: Fargate has no 17408 MiB with cpu 8192; choose 16384, 20480,',
  ],
  ['dev', { minTasks: '5' }, 'minTasks: 5 is above maxTasks 4; lower one or raise the other'],
  ['dev', { minTasks: '0' }, 'minTasks: "0" is not a whole number from 1'],
  ['dev', { maxTasks: '2.5' }, 'maxTasks: "2.5" is not a whole number from 1'],
  ['dev', { availabilityZones: '4' }, 'availabilityZones: "4" is not 2 or 3'],
  ['dev', { logRetentionDays: '8' }, 'logRetentionDays: "8" is not 1, 3, 5, 7,'],
  ['dev', { firewall: 'yes' }, 'firewall: "yes" is not true or false'],
  ['prod', { domainName: 'a.example.org' }, 'domainName: "a.example.org" needs hostedZoneId'],
  ['prod', { hostedZoneId: 'Z1' }, 'hostedZoneId: "Z1" has no use without domainName'],
  [
    'prod',
    { domainName: 'https://a.example.org', hostedZoneId: 'Z1' },
    'domainName: "https://a.example.org" is not a host name',
  ],
  [
    'prod',
    { hostedZoneId: 'example.org' },
    'hostedZoneId: "example.org" is not the id of a Route 53 hosted zone',
  ],
  ['prod', { alarmEmail: 'nobody' }, 'alarmEmail: "nobody" is not an e-mail address'],
])('stage %s with %j is refused with what is allowed', (stage, given, message) => {
  expect(() => stageFromContext({ stage, ...given })).toThrow(ContextError);
  expect(() => stageFromContext({ stage, ...given })).toThrow(message);
});

test('a stage of another name is like the one that it names, but for what is given', () => {
  const { stage, settings } = stageFromContext({ stage: 'review-12', like: 'dev', maxTasks: '8' });
  expect(stage).toBe('review-12');
  expect(settings).toEqual({ ...stageFromContext({}).settings, maxTasks: 8 });
});

test('every message is one line', () => {
  expect.assertions(1);
  try {
    stageFromContext({ egress: 'line one\nline two' });
  } catch (error) {
    expect((error as Error).message).not.toContain('\n');
  }
});
