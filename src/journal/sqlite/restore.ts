import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { OperatorError } from '../../operator-error';
import { type Journal } from '../journal';
import { waitUntilClosed } from './closed-files';
import { SqliteConnection } from './connection';
import { canonicalPath, inspectFile } from './file';
import { SqliteJournal } from './journal';
import { acquireLock, lockPathOf } from './lock';
import { syncFolder } from './sync-folder';

/**
 * Creates a ledger's file from what `fill` appends, all or nothing: it is filled under another name
 * in the same folder, and renamed when it is complete and synced.
 * @throws OperatorError, with nothing changed, if a server uses the path or it holds entries.
 */
export async function restoreSqlite(
  path: string,
  fill: (journal: Journal) => Promise<void>,
): Promise<void> {
  const file = canonicalPath(path);
  await waitUntilClosed(file);
  const hadLock = existsSync(lockPathOf(file));
  if (!hadLock) inspectFile(file);
  const lock = acquireLock(file);
  const staged = `${file}.restoring`;
  try {
    inspectFile(file);
    checkEmpty(file);
    // The remains of a restore that was killed.
    removeAll(staged);
    await fillNew(staged, fill);
    removeAll(file, [walOf, shmOf]);
    renameSync(staged, file);
    syncFolder(dirname(file));
    removeAll(staged);
  } catch (error) {
    removeAll(staged);
    if (!hadLock) removeAll(file, [lockPathOf]);
    throw error;
  } finally {
    lock.release();
  }
}

function checkEmpty(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  const connection = SqliteConnection.openReadOnly(file);
  try {
    const row = connection.read(() => connection.statement('SELECT 1 FROM entry LIMIT 1').get());
    if (row === undefined) return;
    throw new OperatorError(
      'store',
      `${file} holds entries already. Nothing was changed; name a file that does not exist yet.`,
    );
  } finally {
    connection.close();
  }
}

async function fillNew(path: string, fill: (journal: Journal) => Promise<void>): Promise<void> {
  const journal = await SqliteJournal.open(path);
  try {
    await fill(journal);
  } finally {
    await journal.close();
  }
}

const walOf = (file: string) => `${file}-wal`;
const shmOf = (file: string) => `${file}-shm`;
const itself = (file: string) => file;

function removeAll(file: string, parts = [itself, walOf, shmOf, lockPathOf]): void {
  for (const part of parts) rmSync(part(file), { force: true });
}
