import { runScript } from '../support/script';
import { temporaryDirectory } from '../support/temporary';

describe.each([
  ['up', 'scripts/up.ts'],
  ['down', 'scripts/down.ts'],
  ['rehearse', 'rehearsal/main.ts'],
])('npm run %s', (name, script) => {
  it('says in one line that Docker is not installed', async () => {
    const { code, output } = await runScript(script, [], { PATH: temporaryDirectory() }).ended;
    expect(output).toBe(`${name}: Docker is not installed; see https://docs.docker.com/get-docker/\n`);
    expect(code).toBe(1);
  });
});

describe('npm run up', () => {
  it.each(['0', '65', 'three', '-1', '1.5'])('refuses %s replicas', async (replicas) => {
    const { code, output } = await runScript('scripts/up.ts', [`--replicas=${replicas}`]).ended;
    expect(output).toBe(`up: --replicas is "${replicas}", but must be a whole number from 1 to 64\n`);
    expect(code).toBe(2);
  });

  it('refuses a port that is none', async () => {
    const { code, output } = await runScript('scripts/up.ts', [], { KEEPSAKE_PORT: '99999' }).ended;
    expect(output).toBe('up: KEEPSAKE_PORT is "99999", but must be a whole number from 1 to 65535\n');
    expect(code).toBe(2);
  });
});

describe('npm run rehearse', () => {
  it('names the scenarios when it is asked for another', async () => {
    const { code, output } = await runScript('rehearsal/main.ts', ['opera']).ended;
    expect(output).toBe(
      "rehearse: command-argument value 'opera' is invalid for argument 'scenario'. Allowed choices are seed, rollout, reclaim, crashes, storage, limits, overload, aws, crowd\n",
    );
    expect(code).toBe(2);
  });
});
