import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Journal, JournalUnusable } from '../journal';
import { SqliteConnection } from './connection';
import { canonicalPath, inspectFile } from './file';
import { SqliteJournal } from './journal';
import { acquireLock, lockPathOf } from './lock';

/**
 * Makes a ledger's file of what `fill` appends, all or nothing: it is filled under another name
 * beside its place, and gets its own when it is whole and on the disk. Rejects with {@link
 * JournalUnusable}, and changes nothing, where a server uses the place or entries are there.
 */
export async function restoreSqlite(
  path: string,
  fill: (journal: Journal) => Promise<void>,
): Promise<void> {
  const file = canonicalPath(path);
  const hadLock = existsSync(lockPathOf(file));
  if (!hadLock) inspectFile(file);
  const lock = acquireLock(file);
  const made = `${file}.restoring`;
  try {
    inspectFile(file);
    checkEmpty(file);
    // What a restore left that was killed.
    removeAll(made);
    await fillNew(made, fill);
    removeAll(file, [walOf, shmOf]);
    renameSync(made, file);
    sync(dirname(file));
    removeAll(made);
  } catch (error) {
    removeAll(made);
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
    throw new JournalUnusable(
      `${file} holds entries already. Nothing was changed; name a file that does not exist yet.`,
    );
  } finally {
    connection.close();
  }
}

async function fillNew(made: string, fill: (journal: Journal) => Promise<void>): Promise<void> {
  const journal = await SqliteJournal.open(made);
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

function sync(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
