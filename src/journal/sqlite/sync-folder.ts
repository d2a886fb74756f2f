import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Syncs a folder, so that the names of its files survive a crash. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
