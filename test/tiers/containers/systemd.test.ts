import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fetch } from 'undici';
import { unitCommand } from '../../deploy/unit';
import { eventually } from '../../support/eventually';
import { describeDocker, docker, IMAGE, withImage } from './docker';

/** Its own names, so that a unit which runs on this machine is left alone. */
const NAME = 'keepsake-unit-test';
const given = { KEEPSAKE_IMAGE: IMAGE, KEEPSAKE_PUBLISH: '127.0.0.1:18098', KEEPSAKE_HISTORY: NAME };
const URL = `http://${given.KEEPSAKE_PUBLISH}`;

/** A command of the unit, as systemd would run it, but for the journal, which a machine without systemd lacks. */
function command(key: string): [string, ...string[]] {
  const [, ...args] = unitCommand(key, given).filter((word) => !word.startsWith('--log-'));
  const named = args.map((word) => word.replace(/^(--name=)?keepsake$/, `$1${NAME}`));
  return ['docker', ...named];
}

function start(): ChildProcess {
  const [program, ...args] = command('ExecStart');
  return spawn(program, args, { stdio: 'ignore' });
}

async function ownFile(): Promise<string> {
  let name = '';
  await eventually(async () => {
    name = ((await (await fetch(`${URL}/file`)).json()) as { file: string }).file;
    expect(name).toMatch(/^include-me-/);
  }, 60);
  return name;
}

describeDocker('the commands of the systemd unit', () => {
  afterAll(() => {
    spawnSync('docker', ['rm', '--force', NAME]);
    docker('volume', 'rm', '--force', NAME);
  });
  withImage();

  it('run a container that serves, drain it, and remember its file in the next one', async () => {
    const first = start();
    const ended = once(first, 'close');
    const file = await ownFile();
    const [stop, ...stopping] = command('ExecStop');
    expect(spawnSync(stop, stopping).status).toBe(0);
    expect((await ended)[0]).toBe(0);

    start();
    expect(await ownFile()).not.toBe(file);
    const { files } = (await (await fetch(`${URL}/files`)).json()) as { files: string[] };
    expect(files).toEqual([file]);
  });

  it('remove what a crash has left before they start another', () => {
    const [clean, ...cleaning] = command('ExecStartPre');
    expect(spawnSync(clean, cleaning).status).toBe(0);
    expect(docker('ps', '--all', '--quiet', `--filter=name=${NAME}`)).toBe('');
  });
});
