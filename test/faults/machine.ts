import { execFileSync, spawnSync } from 'node:child_process';
import { testIf } from '../support/needs';

/**
 * Says up to which size a running process may write files. Node ignores the signal that would end
 * it, so that writing beyond fails, after as many bytes as fit.
 */
export function limitFileSize(pid: number, bytes: number | 'unlimited'): void {
  // Only the soft limit: it may be raised again without rights.
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

export const testWithFileLimits = testIf(
  succeeds('prlimit', '--version'),
  'file limit tests: no prlimit; apt install util-linux',
);

/**
 * Runs what follows with a small file system of its own in a folder, seen by nobody else and gone
 * with it.
 */
export function withDisk(folder: string, kibibytes: number): readonly string[] {
  const mount = `mount -t tmpfs -o size=${kibibytes}k tmpfs "$0" && exec "$@"`;
  return ['unshare', '-Urm', 'sh', '-c', mount, folder, process.execPath];
}

/** Most Linux machines allow a user to make file systems of their own. */
export const testWithOwnDisk = testIf(
  succeeds('unshare', '-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'),
  'full disk tests: mounting in a user namespace is not allowed; run as root or allow it',
);

/**
 * Runs what follows so that the disk refuses to confirm some of its writes, counted from 1, with
 * EIO. The trace names them. strace stands aside, so that a signal meets the program itself.
 */
export function withFailingSyncs(trace: string, first: number, last: number): readonly string[] {
  const calls = 'trace=fsync,fdatasync';
  const fault = `inject=fsync,fdatasync:error=EIO:when=${first}..${last}`;
  return [
    'strace',
    '-D',
    '-f',
    '--seccomp-bpf',
    '-o',
    trace,
    '-e',
    calls,
    '-e',
    fault,
    process.execPath,
  ];
}

export const testWithFailingCalls = testIf(
  succeeds('strace', ...'-D -f --seccomp-bpf -o /dev/null -e trace=fsync true'.split(' ')),
  'strace tests: strace is missing or may not trace; apt install strace',
);

function succeeds(command: string, ...words: readonly string[]): boolean {
  return spawnSync(command, words).status === 0;
}
