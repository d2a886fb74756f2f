import { execFileSync, spawnSync } from 'node:child_process';

/**
 * Says up to which size a running process may write files. Node ignores the signal that would end it, so that writing
 * beyond fails, after as many bytes as fit.
 */
export function limitFileSize(pid: number, bytes: number | 'unlimited'): void {
  // Only the soft limit: it may be raised again without rights.
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

export const canLimitFiles = succeeds('prlimit', '--version');

/** Runs what follows with a small file system of its own in a folder, seen by nobody else and gone with it. */
export function withDisk(folder: string, kibibytes: number): readonly string[] {
  const mount = `mount -t tmpfs -o size=${kibibytes}k tmpfs "$0" && exec "$@"`;
  return ['unshare', '-Urm', 'sh', '-c', mount, folder, process.execPath];
}

/** Whether this user may make file systems of their own, as most Linux machines allow. */
export const canMakeDisks = succeeds('unshare', '-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt');

function succeeds(command: string, ...words: readonly string[]): boolean {
  return spawnSync(command, words).status === 0;
}
