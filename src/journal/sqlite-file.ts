import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { JournalUnusable } from './journal';
import { applicationId, migrations } from './sqlite-migrations';

const magic = 'SQLite format 3\0';
const headerBytes = 100;
const userVersionOffset = 60;
const applicationIdOffset = 68;

/**
 * The one name of a file, however it is called, so that two servers meet at the same lock. Makes missing folders.
 * Throws {@link JournalUnusable} if that is not possible, or if the server may not write there.
 */
export function canonicalPath(path: string): string {
  const folder = dirname(resolve(path));
  try {
    mkdirSync(folder, { recursive: true });
    const canonical = realpathSync(existsSync(path) ? path : folder);
    const file = existsSync(path) ? canonical : join(canonical, basename(path));
    accessSync(dirname(file), constants.R_OK | constants.W_OK | constants.X_OK);
    return file;
  } catch (error) {
    throw new JournalUnusable(
      `The folder ${folder} cannot be used: ${messageOf(error)}. ` +
        'The server must be able to make and write files there.',
      { cause: error },
    );
  }
}

/**
 * Looks at a file without changing anything: whether a ledger may be opened or made there. Throws
 * {@link JournalUnusable} with what is there instead. Reads through its own descriptor, which on closing drops the
 * locks that this process has on the file: not to be called while a connection of this process is open on it.
 */
export function inspectFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || (stats.isFile() && stats.size === 0)) {
    checkNoOrphanedLog(path);
    return;
  }
  checkUsable(path, stats);
  const header = headerOf(path);
  if (header.toString('latin1', 0, magic.length) !== magic) {
    throw new JournalUnusable(
      `${path} is no SQLite database. Nothing was changed; name a ledger, or a file that does not exist yet.`,
    );
  }
  if (header.readUInt32BE(applicationIdOffset) !== applicationId) {
    throw new JournalUnusable(
      `${path} is a SQLite database of another program. Nothing was changed; ` +
        'name a ledger, or a file that does not exist yet.',
    );
  }
  checkVersion(path, header.readInt32BE(userVersionOffset));
}

/** Throws {@link JournalUnusable} where a newer program has changed the tables of a file. */
export function checkVersion(path: string, version: number): void {
  if (version <= migrations.length) return;
  throw new JournalUnusable(
    `${path} is a ledger of version ${version}, made by a newer program; this one knows versions up to ` +
      `${migrations.length}. Nothing was changed; run the newer program.`,
  );
}

/** SQLite would delete a log whose database is missing, and with it what is not yet in the database. */
function checkNoOrphanedLog(path: string): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log === undefined || log.size === 0) return;
  throw new JournalUnusable(
    `${path} is missing or empty, but its log ${path}-wal is there. Nothing was changed; ` +
      'put the database back beside its log, or move the log away.',
  );
}

function checkUsable(path: string, stats: Stats): void {
  if (stats.isDirectory()) {
    throw new JournalUnusable(`${path} is a folder. Name a file in it, such as ${path}/ledger.db.`);
  }
  if (!stats.isFile()) throw new JournalUnusable(`${path} is no regular file. Name one.`);
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new JournalUnusable(
      `${path} cannot be used: ${messageOf(error)}. The server must be able to read and write it.`,
      { cause: error },
    );
  }
}

function headerOf(path: string): Buffer {
  const header = Buffer.alloc(headerBytes);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, header, 0, headerBytes, 0);
  } finally {
    closeSync(descriptor);
  }
  return header;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
