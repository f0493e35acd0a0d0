import { execFile, execFileSync, execSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '../../support/temporary';

/** Where .ci/run unpacks Debian's kernel and BusyBox. Installed, the kernel would become the machine's own. */
const UNPACKED = join(__dirname, '../../../.cache/nfs');
const QEMU = 'qemu-system-x86_64';
/** The lines of modules.dep that name the modules to load, before those that each depends on. */
const MODULES = /^\S+\/(?:nfsd|nfsv4|veth)\.ko\S*:/;

/** What this machine lacks for a virtual one, or `undefined`. */
export function missing(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'Linux on x86-64';
  if (!unpacked('bin/busybox') || !unpacked('lib/modules')) return 'the packages that .ci/run unpacks';
  try {
    execFileSync(QEMU, ['--version']);
    return undefined;
  } catch {
    return 'qemu-system-x86';
  }
}

/**
 * Starts Debian's kernel, with nothing but BusyBox, this Node.js and the given files (paths there to paths here), and
 * `/init` among them. @returns what it wrote to its console until it switched itself off.
 */
export async function runVirtualMachine(files: Record<string, string>): Promise<string> {
  const directory = temporaryDirectory();
  const busybox = unpacked('bin/busybox') as string;
  const root = join(directory, 'root');
  for (const path of ['proc', 'sys', 'dev', 'tmp', 'export', 'client-1', 'client-2'])
    mkdirSync(join(root, path), { recursive: true });
  const contents = { ...files, ...modules(busybox), ...node(), '/bin/busybox': busybox };
  for (const [there, here] of Object.entries(contents)) {
    mkdirSync(dirname(join(root, there)), { recursive: true });
    cpSync(here, join(root, there), { recursive: true, dereference: true });
  }
  chmodSync(join(root, 'init'), 0o755);
  execSync(`find . | ${busybox} cpio -o -H newc > ../initrd 2> /dev/null`, { cwd: root });

  const [kernel = ''] = readdirSync(unpacked('boot') as string).filter((name) => name.startsWith('vmlinuz'));
  // In software: a virtual machine in a virtual machine is rarely allowed to use the processor's own means.
  const { stdout } = await promisify(execFile)(
    QEMU,
    [
      ...['-accel', 'tcg', '-m', '1024', '-nodefaults', '-no-reboot', '-display', 'none', '-serial', 'stdio'],
      ...['-kernel', join(unpacked('boot') as string, kernel), '-initrd', join(directory, 'initrd')],
      ...['-append', 'console=ttyS0 quiet panic=-1'],
    ],
    { timeout: 240_000, killSignal: 'SIGKILL' },
  );
  return stdout.replaceAll('\r', '');
}

/** A path in the packages: newer ones have everything below `usr`. */
function unpacked(path: string): string | undefined {
  return [join(UNPACKED, 'usr', path), join(UNPACKED, path)].find((candidate) => existsSync(candidate));
}

/** The kernel modules of NFS with all that they depend on. */
function modules(busybox: string): Record<string, string> {
  const all = unpacked('lib/modules') as string;
  const [version = ''] = readdirSync(all);
  const list = join(all, version, 'modules.dep');
  if (!existsSync(list)) execFileSync(busybox, ['depmod', '-b', join(all, '../..'), version]);
  const needed = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => MODULES.test(line))
    .flatMap((line) => line.split(/[: ]+/).filter(Boolean));
  return Object.fromEntries(
    ['modules.dep', ...needed].map((path) => [`/lib/modules/${version}/${path}`, join(all, version, path)]),
  );
}

/** This process's Node.js with the libraries that it is linked to. */
function node(): Record<string, string> {
  const libraries = execFileSync('ldd', [process.execPath], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g);
  return {
    '/bin/node': process.execPath,
    ...Object.fromEntries([...libraries].map(([, path = '']) => [path, path])),
  };
}
