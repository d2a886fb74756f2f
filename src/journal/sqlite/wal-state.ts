import type { Stats } from 'node:fs';

/** A path has no file, or another one. SQLite's handle still holds every row. */
export interface Moved {
  readonly kind: 'moved';
  readonly reason: string;
}

/**
 * Damage that this process cannot repair:
 * - `cut`: the WAL lacks frames that it had.
 * - `overwritten`: the header of the WAL is another one.
 * - `unusable`: the index was cut or overwritten. The WAL holds every row, but SQLite must not be
 *   called again: it would end the process by SIGBUS, or write over commits that the index lacks.
 * - `restored`: the database was overwritten, as by a backup. The WAL does not fit it.
 * - `emptied`: the database was emptied. Beside the WAL, it is not taken for a new one.
 */
export interface Damage {
  readonly kind: 'cut' | 'overwritten' | 'unusable' | 'restored' | 'emptied';
  readonly reason: string;
}

/** What became of a WAL and its index. */
export type WalState = { readonly kind: 'intact' } | Moved | Damage;

/** True if a path leads to the file that is known. */
export function isSame(stats: Stats | undefined, known: Stats): stats is Stats {
  return stats !== undefined && stats.ino === known.ino && stats.dev === known.dev;
}

/** Returns the state of a path that leads elsewhere than to the known file; null if it does not. */
export function moved(path: string, found: Stats | undefined, known: Stats): Moved | null {
  if (isSame(found, known)) return null;
  const became = found === undefined ? 'removed' : 'replaced';
  return { kind: 'moved', reason: `${path} was ${became} while the server uses it` };
}
