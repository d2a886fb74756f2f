import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testIf } from '../support/needs';
import { temporaryFolder } from '../support/temporary-folder';

/**
 * Limits the size of the files that a running process may write. Node ignores the signal that would
 * end it, so writes beyond the limit fail after as many bytes as fit.
 */
export function limitFileSize(pid: number, bytes: number | 'unlimited'): void {
  // Only the soft limit, which may be raised again without privileges.
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

export const testWithFileLimits = testIf(
  succeeds('prlimit', '--version'),
  'file limit tests: no prlimit; apt install util-linux',
);

/**
 * Returns a command prefix: the command gets a small file system of its own in a folder, which only
 * it sees.
 */
export function withDisk(folder: string, kibibytes: number): readonly string[] {
  const mount = `mount -t tmpfs -o size=${kibibytes}k tmpfs "$0" && exec "$@"`;
  return ['unshare', '-Urm', 'sh', '-c', mount, folder, process.execPath];
}

/** Most Linux machines allow users to create file systems in a namespace. */
export const testWithOwnDisk = testIf(
  succeeds('unshare', '-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'),
  'full disk tests: mounting in a user namespace is not allowed; run as root or allow it',
);

/** Makes the file system reject all writes to a file, also by programs that have opened it. */
export function setImmutable(path: string, isImmutable: boolean): void {
  execFileSync('chattr', [isImmutable ? '+i' : '-i', path]);
}

export const testWithImmutableFiles = testIf(
  makesImmutable(),
  'immutable file tests: chattr +i is not possible here; run as root on a file system that has it',
);

/**
 * Returns a command prefix: the disk fails to confirm some of the command's writes, counted from 1,
 * with EIO. The trace names them. strace runs detached, so that a signal reaches the program
 * itself.
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

/** Sets the clock of a program that was started with {@link withClock}. */
export function setClock(file: string, offsetMs: number): void {
  // Renamed, because the library may read the file at any time.
  writeFileSync(`${file}.new`, `${offsetMs < 0 ? '' : '+'}${offsetMs / 1_000}`);
  renameSync(`${file}.new`, file);
}

/** Stops the clock of such a program at an instant, in whole seconds. */
export function stopClock(file: string, instantMs: number): void {
  const text = new Date(instantMs).toISOString().replace('T', ' ').replace('.000Z', '');
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/**
 * Returns a command prefix: the command gets a clock of its own, which {@link setClock} sets by the
 * same file.
 */
export function withClock(file: string): readonly string[] {
  const settings = [
    `LD_PRELOAD=${fakeTimeLibrary}`,
    `FAKETIME_TIMESTAMP_FILE=${file}`,
    'FAKETIME_NO_CACHE=1',
    'DONT_FAKE_MONOTONIC=1',
    'TZ=UTC',
  ];
  return ['env', ...settings, process.execPath];
}

/** Debian's package `faketime` installs it; null where it is missing. */
const fakeTimeLibrary = findFakeTime();

export const hasFakeClocks = fakeTimeLibrary !== null;

export const testWithClock = testIf(
  hasFakeClocks,
  'clock tests: no libfaketime; apt install faketime',
);

function findFakeTime(): string | null {
  const folders = ['/usr/lib', '/usr/lib64', '/usr/local/lib'].filter((path) => existsSync(path));
  const candidates = folders.flatMap((folder) =>
    ['.', ...readdirSync(folder)].map((name) => join(folder, name, 'faketime/libfaketime.so.1')),
  );
  return candidates.find((path) => existsSync(path)) ?? null;
}

function makesImmutable(): boolean {
  const folder = temporaryFolder('immutable');
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const can = succeeds('chattr', '+i', file) && succeeds('chattr', '-i', file);
  rmSync(folder, { recursive: true, force: true });
  return can;
}

function succeeds(command: string, ...words: readonly string[]): boolean {
  return spawnSync(command, words).status === 0;
}
