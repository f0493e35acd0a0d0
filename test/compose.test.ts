import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { keepsakeContainer } from '../lib/keepsake-container';
import { UNAWARE } from '../rehearsal/scenarios/reclaim';
import { STOP_TIMEOUT } from '../scripts/containers/docker';
import { only } from './lib/support/resources';
import { stage } from './lib/support/stages';

// What is rehearsed on one machine is what is deployed: the stack says what each property has to be.
const { template } = stage('prod');
const task = only(template, 'AWS::ECS::TaskDefinition');
const [container] = task.ContainerDefinitions;
const targets = only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
const loadBalancer = only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
const scaling = only(template, 'AWS::ApplicationAutoScaling::ScalableTarget');

const read = (path: string) => readFileSync(join(__dirname, '..', path), 'utf8');
const { services, volumes } = parse(read('compose.yaml'));
const { api } = services;
const haproxy = read('deploy/haproxy.cfg')
  .split('\n')
  .map((line) => line.trim());

/** What follows the words in the only line of haproxy.cfg that begins with them. */
function directive(words: string): string {
  const found = haproxy.filter((line) => line.startsWith(`${words} `));
  expect(found).toHaveLength(1);
  return found[0]?.slice(words.length + 1) as string;
}

const attribute = (resource: Record<string, { Key: string; Value: string }[]>, list: string, key: string) =>
  resource[list]?.find(({ Key }) => Key === key)?.Value;

/** Where the container mounts the task's volume of that name. */
const mountOf = (volume: string) =>
  container.MountPoints.find(({ SourceVolume }: { SourceVolume: string }) => SourceVolume === volume);

describe('a replica in compose.yaml', () => {
  it('runs as the user of the task definition', () => {
    expect(api.user).toBe(container.User);
  });

  it('has a read-only root file system, as in the task definition', () => {
    expect(api.read_only).toBe(container.ReadonlyRootFilesystem);
  });

  it('has no more capabilities than the task definition leaves', () => {
    expect(api.cap_drop).toEqual(container.LinuxParameters.Capabilities.Drop);
    expect(api).not.toHaveProperty('cap_add');
    expect(api).not.toHaveProperty('privileged');
  });

  it('has an init process, as in the task definition', () => {
    expect(api.init).toBe(container.LinuxParameters.InitProcessEnabled);
  });

  it('has the CPU of the task, whose 1024 units are one', () => {
    expect(api.cpus).toBe(Number(task.Cpu) / 1024);
  });

  it('has the memory of the task', () => {
    expect(api.mem_limit).toBe(`${task.Memory}m`);
  });

  it('is given the stop timeout of the task definition', () => {
    expect(api.stop_grace_period).toBe(`${container.StopTimeout}s`);
  });

  it.each([
    ['environment', 'Environment'],
    ['env_file', 'EnvironmentFiles'],
    ['command', 'Command'],
    ['entrypoint', 'EntryPoint'],
    ['working_dir', 'WorkingDirectory'],
    ['healthcheck', 'HealthCheck'],
    ['ulimits', 'Ulimits'],
    ['sysctls', 'SystemControls'],
    ['secrets', 'Secrets'],
  ])('leaves %s to the image, as the task definition does', (ours, theirs) => {
    expect(container).not.toHaveProperty(theirs);
    expect(api).not.toHaveProperty(ours);
  });

  it('has an empty scratch path that goes with it, as the task does', () => {
    expect(task.Volumes).toContainEqual({ Name: 'Scratch' });
    const { ContainerPath, ReadOnly } = mountOf('Scratch');
    const { user } = keepsakeContainer;
    expect(ReadOnly).toBe(false);
    expect(api.tmpfs).toEqual([`${ContainerPath}:uid=${user},gid=${user},mode=0755`]);
  });

  it('shares the history where the task definition mounts the file system', () => {
    const { ContainerPath, ReadOnly } = mountOf('Shared');
    expect(ReadOnly).toBe(false);
    expect(api.volumes).toEqual([`history:${ContainerPath}`]);
    expect(Object.keys(volumes)).toEqual(['history']);
  });

  it('mounts nothing that the task definition does not', () => {
    expect(container.MountPoints).toHaveLength(api.tmpfs.length + api.volumes.length);
  });

  it('never waits for its log, as in the task definition', () => {
    const { mode, 'max-buffer-size': size } = container.LogConfiguration.Options;
    expect(api.logging.options.mode).toBe(mode);
    expect(`${Number.parseInt(api.logging.options['max-buffer-size'], 10) * 1024 ** 2}b`).toBe(size);
  });

  it('is one of as many as the service has at the least', () => {
    expect(api.scale).toBe(scaling.MinCapacity);
  });
});

describe('the load balancer in compose.yaml and haproxy.cfg', () => {
  it('is controlled from inside its container alone', () => {
    expect(directive('stats socket')).toBe('ipv4@127.0.0.1:9999 level admin');
  });

  it('is the only one that is published, on port 80 unless told otherwise', () => {
    expect(api).not.toHaveProperty('ports');
    const port = directive('bind').replace(':', '');
    expect(services['load-balancer'].ports).toEqual([`\${KEEPSAKE_PORT:-80}:${port}`]);
  });

  it('sends requests in turn to the port of the target group', () => {
    expect(
      attribute(targets, 'TargetGroupAttributes', 'load_balancing.algorithm.type') ?? 'round_robin',
    ).toBe(directive('balance').replace('robin', '_robin'));
    expect(directive('server-template')).toMatch(new RegExp(` api:${targets.Port}$`));
    expect(container.PortMappings).toEqual([{ ContainerPort: targets.Port, Protocol: 'tcp' }]);
  });

  it('asks for the health path of the target group, and takes no other answer than it does', () => {
    expect(directive('http-check send')).toContain(` uri ${targets.HealthCheckPath} `);
    expect(directive('http-check expect')).toBe(`status ${targets.Matcher.HttpCode}`);
  });

  it('has the interval and the thresholds of the target group', () => {
    const { HealthCheckIntervalSeconds, HealthyThresholdCount, UnhealthyThresholdCount } = targets;
    expect(directive('default-server')).toContain(
      `check inter ${HealthCheckIntervalSeconds}s rise ${HealthyThresholdCount} fall ${UnhealthyThresholdCount} `,
    );
  });

  it('waits for a health check as long as the target group', () => {
    expect(directive('timeout check')).toBe(`${targets.HealthCheckTimeoutSeconds}s`);
  });

  it.each(['client', 'server', 'http-keep-alive'])(
    'has the idle timeout of the load balancer as its timeout %s',
    (side) => {
      const seconds = attribute(loadBalancer, 'LoadBalancerAttributes', 'idle_timeout.timeout_seconds');
      expect(directive(`timeout ${side}`)).toBe(`${seconds}s`);
    },
  );

  it('never sends a request again that a replica may have received', () => {
    expect(haproxy.filter((line) => line.startsWith('retry-on'))).toEqual([]);
  });
});

describe('the end of a replica', () => {
  it('waits as long for a stopped replica as the task definition', () => {
    expect(STOP_TIMEOUT).toBe(container.StopTimeout);
  });

  it('lets the load balancer know of a stop before the drain is over, as AWS does', () => {
    expect(UNAWARE).toBeLessThan(keepsakeContainer.drain.toSeconds());
  });
});
