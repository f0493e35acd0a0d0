import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FailingStorage } from '../../support/failing-storage';
import { temporaryDirectory } from '../../support/temporary';

const reason = FailingStorage.missing();
if (reason) process.stderr.write(`Skipped: the storage tests; ${reason}\n`);

/** Describes tests that mount file systems; skipped where that is not possible. */
export const describeMounts = reason ? describe.skip : describe;

const mounted: string[] = [];
afterEach(() => {
  // Whatever a failed test left stopped would hang the unmounting too.
  execFileSync('sh', ['-c', 'pkill -CONT bindfs || true']);
  for (const path of mounted.splice(0)) execFileSync('umount', ['--lazy', path]);
});

/** A file system in memory of the given size, such as `64k`. */
export function tmpfs(size: string) {
  const path = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
  mounted.push(path);
  return { path, remount: (options: string) => execFileSync('mount', ['-o', `remount,${options}`, path]) };
}

/** A directory whose file server can be stopped: every operation on it then blocks in the kernel, as on a lost NFS server. */
export function hangable() {
  const root = temporaryDirectory();
  const [below, path] = [join(root, 'below'), join(root, 'mount')];
  mkdirSync(below);
  mkdirSync(path);
  // Nothing is answered from the kernel's caches, which would hide the fault.
  execFileSync('bindfs', ['-o', 'attr_timeout=0,entry_timeout=0,negative_timeout=0', below, path]);
  mounted.push(path);
  const signal = (name: string) => execFileSync('pkill', [`-${name}`, '-f', `bindfs.*${path}`]);
  return { path, below, hang: () => signal('STOP'), resume: () => signal('CONT') };
}
