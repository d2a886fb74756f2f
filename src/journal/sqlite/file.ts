import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { OperatorError } from '../../operator-error';
import { noLedger } from '../no-ledger';
import { openErrorOf, portErrorOf, reasonOf } from './errors';
import { FileHandle } from './file-handle';
import { applicationId, migrations } from './migrations';
import { syncFolder } from './sync-folder';

const magic = 'SQLite format 3\0';
const headerBytes = 100;
const userVersionOffset = 60;
const applicationIdOffset = 68;

/**
 * Returns the canonical path of a file, so that two servers use the same lock. Creates missing
 * folders.
 * @throws OperatorError if that is not possible, or if the server may not write there.
 */
export function canonicalPath(path: string): string {
  checkLink(path);
  const folder = dirname(resolve(path));
  try {
    createFolder(folder);
    const canonical = realpathSync(existsSync(path) ? path : folder);
    const file = existsSync(path) ? canonical : join(canonical, basename(path));
    accessSync(dirname(file), constants.R_OK | constants.W_OK | constants.X_OK);
    return file;
  } catch (error) {
    throw new OperatorError(
      'store',
      `The folder ${folder} cannot be used: ${reasonOf(error, folder)}. ` +
        'The server must be able to make and write files there.',
      { cause: error },
    );
  }
}

/**
 * Checks that a ledger may be opened or created at a path, and changes nothing. Reads through its
 * own descriptor, and closing that releases the locks that this process has on the file: do not
 * call it while a connection of this process is open on it.
 * @throws OperatorError with what the path holds instead.
 */
export function inspectFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || (stats.isFile() && stats.size === 0)) {
    checkNoOrphanedLog(path);
    return;
  }
  checkUsable(path, stats);
  const header = headerOf(path);
  if (header.toString('latin1', 0, magic.length) !== magic) throw noSqliteDatabase(path);
  if (header.readUInt32BE(applicationIdOffset) !== applicationId) throw ofAnotherProgram(path);
  checkMade(path, header.readInt32BE(userVersionOffset));
  if (sizeOf(`${path}-wal`) > 0) checkVersion(path, versionInLog(path));
}

/**
 * Checks that a file which is not empty exists at a path, without opening it. Returns its path
 * without links, as a server names it.
 * @param beside what else there is not, for the message.
 * @throws OperatorError if not.
 */
export function presentPath(path: string, beside = ''): string {
  checkLink(path);
  if (!existsSync(path)) throw noLedger(`There is no ledger at ${path}${beside}`);
  const found = realpathSync(path);
  const stats = statSync(found);
  checkKind(found, stats);
  if (stats.size > 0) return found;
  checkNoOrphanedLog(found);
  throw noLedger(`${found} is empty${beside}`);
}

export function noSqliteDatabase(path: string): OperatorError {
  return foreign(`${path} is not a SQLite database`);
}

export function ofAnotherProgram(path: string): OperatorError {
  return foreign(`${path} is a SQLite database of another program`);
}

/** Returns the error for a file that is read where SQLite may not write its index. */
export function unreadableIn(path: string): OperatorError {
  return new OperatorError(
    'store',
    `${path} cannot be read in its folder: SQLite makes ${basename(path)}-wal and -shm beside it, ` +
      'which this user may not. Nothing was changed; copy the file to a folder of your own, or run ' +
      'the command as a user who may write there.',
  );
}

function foreign(finding: string): OperatorError {
  return new OperatorError(
    'store',
    `${finding}. Nothing was changed; name a ledger, or a file that does not exist yet.`,
  );
}

/** @throws OperatorError if no version of this program, or a newer one, made a file's tables. */
export function checkMade(path: string, version: number): void {
  checkVersion(path, version);
  if (version >= 1) return;
  throw new OperatorError(
    'store',
    `${path} is a ledger of version ${version}, which no version of this program creates.`,
  );
}

/** @throws OperatorError if a newer program has changed the tables of a file. */
export function checkVersion(path: string, version: number): void {
  if (version <= migrations.length) return;
  throw new OperatorError(
    'store',
    `${path} is a ledger of version ${version}, made by a newer program; ` +
      `this one knows versions up to ${migrations.length}. Nothing was changed; run the newer program.`,
  );
}

/**
 * Creates a folder and its missing parents, and syncs their names. Does not use `mkdir` with
 * `recursive`, which in Node 20 never returns if the system keeps returning ENOENT, as under /proc.
 */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  createFolder(parent);
  mkdirSync(folder);
  syncFolder(parent);
}

/**
 * Checks that there is no WAL without its database: SQLite would delete it, and with it the commits
 * that are not in the database yet.
 * @throws OperatorError if there is one.
 */
function checkNoOrphanedLog(path: string): void {
  if (sizeOf(`${path}-wal`) === 0) return;
  throw new OperatorError(
    'store',
    `${path} is missing or empty, but its log ${path}-wal exists. Nothing was changed; ` +
      'put the database back beside its log, or move the log away.',
  );
}

function checkKind(path: string, stats: Stats): void {
  if (stats.isDirectory()) {
    throw new OperatorError(
      'store',
      `${path} is a folder. Name a file in it, such as ${path}/ledger.db.`,
    );
  }
  if (!stats.isFile()) throw new OperatorError('store', `${path} is not a regular file. Name one.`);
}

function checkUsable(path: string, stats: Stats): void {
  checkKind(path, stats);
  if (stats.nlink > 1) {
    throw new OperatorError(
      'store',
      `${path} has ${stats.nlink} names (hard links). Two servers could use it under two of them ` +
        'and not know of each other: remove the others, or copy the file.',
    );
  }
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new OperatorError(
      'store',
      `${path} cannot be used: ${reasonOf(error, path)}. The server must be able to read and write it.`,
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
 * Returns the version of a file with its WAL applied. Opens it read-only, since another connection
 * would copy the WAL into it on closing.
 */
function versionInLog(path: string): number {
  const handle = FileHandle.openReadOnly(path, 0);
  try {
    return handle.pragma('user_version') as number;
  } catch (error) {
    throw portErrorOf(error, 'open', path);
  } finally {
    handle.close();
  }
}

/**
 * Checks that a path is not a dangling link: the lock would be beside the link, where a server that
 * names the file does not find it.
 * @throws OperatorError if it is one.
 */
function checkLink(path: string): void {
  if (!isLink(path) || existsSync(path)) return;
  throw new OperatorError(
    'store',
    `${path} is a link to a file that does not exist. Name the file.`,
  );
}

/** @throws OperatorError if the system does not let it be known. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch (error) {
    throw openErrorOf(error, path);
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
