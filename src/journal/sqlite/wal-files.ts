import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder';
import { parseWalHeader, walHeaderBytes } from './wal-frames';

/**
 * Renames a file to `PATH.found-N`, where nothing reads it: SQLite would replay an older copy of a
 * WAL over the database. Does nothing if there is no file.
 * @returns the new path, or null.
 */
export function setAside(path: string): string | null {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return null;
  let number = 1;
  while (existsSync(`${path}.found-${number}`)) number += 1;
  const found = `${path}.found-${number}`;
  renameSync(path, found);
  syncFolder(dirname(path));
  return found;
}

/**
 * Sets a WAL aside before SQLite opens it, if its header is not valid. SQLite would take it for
 * empty, and the checkpoint of the start would truncate it.
 *
 * @returns the new path, or null.
 */
export function setAsideUnreadable(walPath: string): string | null {
  if (!existsSync(walPath)) return null;
  const descriptor = openSync(walPath, 'r');
  try {
    const content = Buffer.alloc(walHeaderBytes);
    readSync(descriptor, content, 0, walHeaderBytes, 0);
    const isWhole = fstatSync(descriptor).size > walHeaderBytes;
    return isWhole && parseWalHeader(content) === null ? setAside(walPath) : null;
  } finally {
    closeSync(descriptor);
  }
}

/** Writes the content of an open file to a path, all or nothing, and syncs it. */
export function copyToPath(descriptor: number, path: string): void {
  const content = contentOf(descriptor);
  const staged = `${path}.copying`;
  const target = openSync(staged, 'w');
  try {
    for (let done = 0; done < content.length; ) done += writeSync(target, content, done);
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
  renameSync(staged, path);
  syncFolder(dirname(path));
}

function contentOf(descriptor: number): Buffer {
  const content = Buffer.alloc(fstatSync(descriptor).size);
  for (let done = 0; done < content.length; ) {
    const length = readSync(descriptor, content, done, content.length - done, done);
    if (length === 0) break;
    done += length;
  }
  return content;
}
