import { eventually } from '../../support/eventually';
import { runScript } from '../../support/script';
import { describeDocker, docker } from './docker';

const ofRehearsal = 'label=com.docker.compose.project=keepsake-rehearsal';
const running = () => docker('ps', '--quiet', '--filter', ofRehearsal).split('\n').filter(Boolean);

describeDocker('npm run rehearse', () => {
  it('removes everything when it is interrupted', async () => {
    const run = runScript('rehearsal/main.ts', ['rollout']);
    await eventually(() => expect(running().length).toBeGreaterThan(3), 120);
    run.process.kill('SIGINT');
    const { code, output } = await run.ended;
    expect(output).toMatch(/\nrehearse: interrupted; everything is removed\n$/);
    expect(code).toBe(130);
    expect(docker('ps', '--all', '--quiet', '--filter', ofRehearsal)).toBe('');
    expect(docker('volume', 'ls', '--quiet', '--filter', ofRehearsal)).toBe('');
    expect(docker('network', 'ls', '--quiet', '--filter', ofRehearsal)).toBe('');
  });
});
