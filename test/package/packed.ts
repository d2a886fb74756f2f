import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';

const root = resolve(__dirname, '../..');

export interface Packed {
  readonly tarball: string;
  /** Paths in the tarball, without its leading folder. */
  readonly files: readonly string[];
}

/**
 * Runs `npm pack` in a copy of the sources, so that it does not touch `dist`, which may be in use.
 * The copy has an old build with a file that no source makes any more.
 */
export function pack(): Packed {
  const folder = join(temporaryFolder('pack'), 'clone');
  for (const name of sourceFiles()) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(root, name), join(folder, name));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/stale.js'), '');
  const name = run(folder, 'npm', 'pack', '--silent').trim();
  const tarball = join(folder, name);
  const files = run(folder, 'tar', 'tzf', tarball).trim().split('\n');
  return { tarball, files: files.map((path) => path.replace('package/', '')) };
}

/** Installs the tarball and others in an empty folder, with dependencies from the registry. */
export function install(tarball: string, ...others: readonly string[]): string {
  const folder = temporaryFolder('runtime');
  writeFileSync(join(folder, 'package.json'), '{}');
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', tarball, ...others);
  return folder;
}

/** Space on disk of a folder and its contents, in bytes. */
export function diskUsage(folder: string): number {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
    .map((name, index) => lstatSync(index === 0 ? name : join(folder, name)).blocks * 512)
    .reduce((sum, bytes) => sum + bytes, 0);
}

export function run(cwd: string, program: string, ...words: readonly string[]): string {
  return execFileSync(program, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function sourceFiles(): string[] {
  const listed = run(root, 'git', 'ls-files', '--cached', '--others', '--exclude-standard');
  const deleted = new Set(run(root, 'git', 'ls-files', '--deleted').split('\n'));
  return listed.split('\n').filter((name) => name !== '' && !deleted.has(name));
}
