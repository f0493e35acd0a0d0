import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system in memory behind a file server, which can be told to fail: as EFS would, only on purpose. */
export class FailingStorage {
  readonly path: string;
  readonly #root = mkdtempSync(join(tmpdir(), 'keepsake-storage-'));
  readonly #below = join(this.#root, 'below');
  readonly #server: ReturnType<typeof spawn>;

  /** Why there can be none on this machine; undefined when there can. */
  static missing(): string | undefined {
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      return 'it mounts file systems: Linux and root';
    if (!existsSync('/dev/fuse')) return 'it hangs a FUSE file system: there is no /dev/fuse';
    try {
      execFileSync('bindfs', ['--version']);
      return undefined;
    } catch {
      return 'it hangs a bindfs file system: apt-get install bindfs';
    }
  }

  /** Its files belong to `user`, as EFS's access point sees to. */
  constructor(user: string) {
    this.path = join(this.#root, 'mount');
    mkdirSync(this.#below);
    mkdirSync(this.path);
    mount('-t', 'tmpfs', '-o', `size=4m,uid=${user},gid=${user},mode=0750`, 'tmpfs', this.#below);
    // Nothing is answered from the kernel's caches, which would hide the fault. In the foreground, to have its process.
    const options = ['-f', '-o', 'allow_other,attr_timeout=0,entry_timeout=0,negative_timeout=0'];
    this.#server = spawn('bindfs', [...options, this.#below, this.path], { detached: true, stdio: 'ignore' });
  }

  /** Each fault by its name: what brings it about, and what ends it. */
  readonly faults = {
    hung: { begin: () => this.#server.kill('SIGSTOP'), end: () => this.#server.kill('SIGCONT') },
    'read-only': {
      begin: () => mount('-o', 'remount,ro', this.#below),
      end: () => mount('-o', 'remount,rw', this.#below),
    },
    full: { begin: () => this.#fill(), end: () => rmSync(join(this.#below, 'ballast'), { force: true }) },
  };

  /** Ends whatever fault there is, and removes it with everything in it. */
  remove(): void {
    this.faults.hung.end();
    for (const path of [this.path, this.#below]) execFileSync('umount', ['--lazy', path]);
    this.#server.kill();
    rmSync(this.#root, { recursive: true });
  }

  #fill(): void {
    try {
      for (;;) writeFileSync(join(this.#below, 'ballast'), Buffer.alloc(4096), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

const mount = (...args: string[]) => execFileSync('mount', args);
