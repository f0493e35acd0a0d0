import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepsakeContainer } from '../../lib/keepsake-container';
import { only } from '../lib/support/resources';
import { stage } from '../lib/support/stages';
import { temporaryDirectory } from '../support/temporary';
import { unitCommand, unitPath, unitValue } from './unit';

// What one machine runs is what Fargate runs: the task definition says what each option has to be.
const task = only(stage('prod').template, 'AWS::ECS::TaskDefinition');
const [container] = task.ContainerDefinitions;

const [program, command, ...words] = unitCommand('ExecStart');
const image = words.pop();

/** Every value of an option of `docker run`; an option without a value has `true`. */
function option(name: string): (string | true)[] {
  const given = words.map((word) => word.split(/=(.*)/s, 2) as [string, string?]);
  return given.filter(([key]) => key === `--${name}`).map(([, value]) => value ?? true);
}

describe('the systemd unit', () => {
  it('runs one image with docker, with options that have their values beside them', () => {
    expect([program, command, image]).toEqual(['/usr/bin/docker', 'run', 'keepsake']);
    expect(words.filter((word) => !word.startsWith('--'))).toEqual([]);
  });

  it('has the user, the read-only root and the init process of the task definition', () => {
    expect(option('user')).toEqual([container.User]);
    expect(option('read-only')).toEqual([container.ReadonlyRootFilesystem]);
    expect(option('init')).toEqual([container.LinuxParameters.InitProcessEnabled]);
  });

  it('leaves no capability, and no way to get one back', () => {
    expect(option('cap-drop')).toEqual(container.LinuxParameters.Capabilities.Drop);
    expect(option('security-opt')).toEqual(['no-new-privileges']);
    expect([...option('cap-add'), ...option('privileged')]).toEqual([]);
  });

  it('has the CPU and the memory of the task', () => {
    expect(option('cpus')).toEqual([String(Number(task.Cpu) / 1024)]);
    expect(option('memory')).toEqual([`${task.Memory}m`]);
  });

  it('shares the history, and has a scratch path that goes with the container', () => {
    const { sharedPath, scratchPath, user } = keepsakeContainer;
    expect(option('volume')).toEqual([`keepsake-history:${sharedPath}`]);
    expect(option('tmpfs')).toEqual([`${scratchPath}:uid=${user},gid=${user},mode=0755`]);
  });

  it('publishes the port of the container, and leaves its settings to the image', () => {
    expect(option('publish')).toEqual([`80:${keepsakeContainer.port}`]);
    expect([...option('env'), ...option('env-file'), ...option('entrypoint')]).toEqual([]);
  });

  it('gives it the stop timeout of the task definition, and itself longer', () => {
    expect(option('stop-timeout')).toEqual([String(container.StopTimeout)]);
    expect(Number(unitValue('TimeoutStopSec'))).toBeGreaterThan(container.StopTimeout);
  });

  it('replaces what ends with a new container, and leaves that to nobody else', () => {
    expect(unitValue('Restart')).toBe('always');
    expect([...option('rm'), ...option('restart')]).toEqual([true]);
  });

  it('never waits for its log, as in the task definition', () => {
    const { mode, 'max-buffer-size': size } = container.LogConfiguration.Options;
    const bytes = Number.parseInt(size, 10);
    expect(option('log-opt')).toEqual([`mode=${mode}`, `max-buffer-size=${bytes / 1024 ** 2}m`]);
  });

  const skip = spawnSync('systemd-analyze', ['--version']).status !== 0;
  if (skip) process.stderr.write('Skipped: checking the systemd unit needs systemd-analyze\n');
  (skip ? it.skip : it)('is one that systemd understands in every line', () => {
    const directory = temporaryDirectory();
    // Docker need not be installed here: its program and its unit are replaced.
    const text = readFileSync(unitPath, 'utf8').replaceAll('/usr/bin/docker', process.execPath);
    writeFileSync(join(directory, 'keepsake.service'), text);
    writeFileSync(join(directory, 'docker.service'), `[Service]\nExecStart=${process.execPath}\n`);
    const { status, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', '--man=no', join(directory, 'keepsake.service')],
      { encoding: 'utf8' },
    );
    expect(stderr.split('\n').filter((line) => line.includes('keepsake.service'))).toEqual([]);
    expect(status).toBe(0);
  });
});
