import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs a script whose work is this expression. */
function exitWith(work: string): { status: number | null; stderr: string } {
  const script = `require('./scripts/exit-with').exitWith(${work})`;
  const options = { cwd: join(__dirname, '../..'), encoding: 'utf8' } as const;
  return spawnSync(process.execPath, ['--import', 'tsx', '--eval', script], options);
}

describe('exitWith', () => {
  it('exits with the code that the work resolves with, whatever is still open', () => {
    const open = "require('node:net').createServer().listen(0)";
    expect(exitWith(`(${open}, Promise.resolve(3))`)).toMatchObject({ status: 3, stderr: '' });
  });

  it('exits with 1 and the stack when the work fails', () => {
    const { status, stderr } = exitWith("Promise.reject(new Error('a defect'))");
    expect(stderr).toMatch(/Error: a defect\n {4}at /);
    expect(status).toBe(1);
  });

  it('exits with 13 and says so when the work waits for what never comes', () => {
    const { status, stderr } = exitWith('new Promise(() => {})');
    expect(stderr).toBe('The script has nothing left to wait for, but is not done; this is a defect of it\n');
    expect(status).toBe(13);
  });
});
