import { lstatSync, type Stats, statSync } from 'node:fs';

/**
 * Returns the identity of the file at a path, by device and inode, which tells it from a link to
 * it; null if there is none. The next start resolves a link, and SQLite opens no WAL through one.
 */
export function identityOf(path: string): string | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : identityOfStats(stats);
}

/** Returns the identity of the file that a path leads to; null if there is none. */
export function identityOfTarget(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : identityOfStats(stats);
}

export function identityOfStats({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}
