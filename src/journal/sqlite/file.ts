import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { JournalUnusable } from '../journal';
import { portErrorOf } from './errors';
import { applicationId, migrations } from './migrations';

const magic = 'SQLite format 3\0';
const headerBytes = 100;
const userVersionOffset = 60;
const applicationIdOffset = 68;

/**
 * The one name of a file, however it is called, so that two servers meet at the same lock. Makes
 * missing folders. Throws {@link JournalUnusable} if that is not possible, or if the server may not
 * write there.
 */
export function canonicalPath(path: string): string {
  checkLink(path);
  const folder = dirname(resolve(path));
  try {
    makeFolder(folder);
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
 * {@link JournalUnusable} with what is there instead. Reads through its own descriptor, which on
 * closing drops the locks that this process has on the file: not to be called while a connection of
 * this process is open on it.
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
      `${path} is no SQLite database. Nothing was changed; ` +
        'name a ledger, or a file that does not exist yet.',
    );
  }
  if (header.readUInt32BE(applicationIdOffset) !== applicationId) {
    throw new JournalUnusable(
      `${path} is a SQLite database of another program. Nothing was changed; ` +
        'name a ledger, or a file that does not exist yet.',
    );
  }
  const version = header.readInt32BE(userVersionOffset);
  if (version < 1) {
    throw new JournalUnusable(`${path} is a ledger of version ${version}, which no program makes.`);
  }
  checkVersion(path, version);
  if (sizeOf(`${path}-wal`) > 0) checkVersion(path, versionInLog(path));
}

/** Throws {@link JournalUnusable} where a newer program has changed the tables of a file. */
export function checkVersion(path: string, version: number): void {
  if (version <= migrations.length) return;
  throw new JournalUnusable(
    `${path} is a ledger of version ${version}, made by a newer program; ` +
      `this one knows versions up to ${migrations.length}. Nothing was changed; run the newer program.`,
  );
}

/**
 * Makes a folder and those above it that are missing, and has the disk keep their names. Not by
 * `mkdir` with `recursive`, which in Node 20 never returns where the system answers ENOENT for
 * ever, as under /proc.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  makeFolder(parent);
  mkdirSync(folder);
  const descriptor = openSync(parent, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * SQLite would delete a log whose database is missing, and with it what is not yet in the database.
 */
function checkNoOrphanedLog(path: string): void {
  if (sizeOf(`${path}-wal`) === 0) return;
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
  if (stats.nlink > 1) {
    throw new JournalUnusable(
      `${path} has ${stats.nlink} names (hard links). Two servers could use it under two of them ` +
        'and not know of each other: remove the others, or copy the file.',
    );
  }
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

/**
 * The version that a log makes of a file. Read-only, as any other connection would on closing move
 * the log into it.
 */
function versionInLog(path: string): number {
  const connection = new Database(`${pathToFileURL(path).href}?mode=ro`);
  try {
    const [version] = connection.prepare('PRAGMA user_version').raw().get() as [number];
    return version;
  } catch (error) {
    throw portErrorOf(error, 'open', path);
  } finally {
    connection.close();
  }
}

/** The lock would lie beside the link, where a server that names the file does not look. */
function checkLink(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink() !== true || existsSync(path)) return;
  throw new JournalUnusable(`${path} is a link to a file that does not exist. Name the file.`);
}

/**
 * Tells a file from another one that took its name, and from a link to it; null where there is
 * none. The next start takes a link for another place, and SQLite does not open a WAL through one.
 */
export function identityOf(path: string): string | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : identityOfStats(stats);
}

export function identityOfStats({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
