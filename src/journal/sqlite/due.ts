import type { DuePlace, DueRange } from '../journal';
import type { SqliteConnection } from './connection';

const selectPage = `
  SELECT at, account_id FROM due_row
  WHERE (at, account_id) > (?, ?) AND at <= ?
  ORDER BY at, account_id LIMIT ?`;

/** No account id is empty, so the empty text sorts before the first. */
const first: DuePlace = { at: Number.MIN_SAFE_INTEGER, accountId: '' };

/**
 * Reads a page of `due_row`, which lists the entries up to its mark. O(places + log rows).
 * @throws the errors of SQLite.
 */
export function readDue(
  connection: SqliteConnection,
  { after, until, limit }: DueRange,
): DuePlace[] {
  const { at, accountId } = after ?? first;
  const rows = connection.statement(selectPage).all(at, accountId, until, limit);
  return (rows as DateRow[]).map(([at, accountId]) => ({ at, accountId }));
}

/** A row of `due_row`. */
export type DateRow = readonly [at: number, accountId: string];

/** Entries by rowid, which is the order of insertion: those after one up to another. */
interface RowRange {
  readonly after: number;
  readonly last: number;
}

/** Some entries that follow the mark. */
export interface UnlistedPart extends RowRange {
  readonly lastId: string;
}

const selectMark = `
  SELECT entry.rowid FROM due_mark JOIN entry
  ON entry.rowid = due_mark.entry_row AND entry.id = due_mark.entry_id`;
const selectNewest = 'SELECT rowid FROM entry ORDER BY rowid DESC LIMIT 1';
const selectNext = 'SELECT rowid FROM entry WHERE rowid > ? ORDER BY rowid LIMIT 1';
const selectLast = 'SELECT rowid, id FROM entry WHERE rowid <= ? ORDER BY rowid DESC LIMIT 1';

/**
 * Returns the rowid of the newest entry; 0 if there is none. O(log entries).
 * @throws the errors of SQLite.
 */
export function readNewestRow(connection: SqliteConnection): number {
  const [row] = connection.statement(selectNewest).all() as [number][];
  return row?.[0] ?? 0;
}

/**
 * Returns the next entries to list, up to the rowid `until`, all if the mark names none; null if
 * there are none. O(log entries).
 * @throws the errors of SQLite.
 */
export function readUnlisted(
  connection: SqliteConnection,
  until: number,
  limit: number,
): UnlistedPart | null {
  const [mark] = connection.statement(selectMark).all() as [number][];
  const after = mark?.[0] ?? 0;
  const [next] = connection.statement(selectNext).all(after) as [number][];
  if (next === undefined) return null;
  // Counted from the next entry, since deletions by hand leave gaps of any length.
  const [first] = next;
  const rows = connection.statement(selectLast).all(Math.min(first + limit - 1, until));
  const [row] = rows as [number, string][];
  if (row === undefined || row[0] < first) return null;
  return { after: first - 1, last: row[0], lastId: row[1] };
}

const datesOf = (column: string) => `
  SELECT ${column}, account_id FROM entry
  WHERE rowid > ?1 AND rowid <= ?2 AND ${column} IS NOT NULL`;

const selectDates = `
  ${datesOf('expires_at')} UNION ${datesOf('available_from')} ORDER BY 1, 2`;

/**
 * Returns the dates of entries, each pair once, in the order of `due_row`. O(entries log entries).
 * @throws the errors of SQLite.
 */
export function readDates(
  connection: SqliteConnection,
  { after, last }: RowRange,
): readonly DateRow[] {
  return connection.statement(selectDates).all(after, last) as DateRow[];
}
