import type { Entry } from '../../ledger/entry';
import { accountBounds } from '../account-bounds';
import { columns, type EntryRow, entryOf } from '../entry-row';
import type { AccountRange, EntryPlace, EntryRange } from '../journal';
import type { SqliteConnection } from './connection';

const entriesAscending = `
  SELECT ${columns} FROM entry WHERE account_id = ? AND sequence BETWEEN ? AND ?
  ORDER BY sequence LIMIT ?`;
const entriesDescending = entriesAscending.replace('BY sequence', 'BY sequence DESC');

/** Merges sequences in the order of three indexes, so it reads few that it does not return. */
const namingAscending = `
  SELECT ${columns} FROM entry WHERE account_id = ? AND sequence IN (
    SELECT sequence FROM entry AS naming
    WHERE account_id = ? AND target_sequence = ? AND sequence BETWEEN ? AND ?
    UNION
    SELECT sequence FROM lapse_row
    WHERE account_id = ? AND lot_sequence = ? AND sequence BETWEEN ? AND ?
    UNION
    SELECT sequence FROM lapse_row
    WHERE account_id = ? AND hold_sequence = ? AND sequence BETWEEN ? AND ?
    ORDER BY sequence LIMIT ?
  ) ORDER BY sequence`;
const namingDescending = namingAscending.replaceAll('BY sequence', 'BY sequence DESC');

/** Each row is the index of its place, then the entry. */
const entriesAtPlaces = `
  SELECT place.key, ${columns} FROM json_each(?) AS place CROSS JOIN entry
  ON entry.account_id = place.value ->> 0 AND entry.sequence = place.value ->> 1`;

/** Reads the newest entry that names each place, through its index. */
const newestNamingPlaces = `
  SELECT place.key, ${columns} FROM json_each(?) AS place CROSS JOIN entry
  ON entry.account_id = place.value ->> 0 AND entry.sequence = (
    SELECT max(naming.sequence) FROM entry AS naming
    WHERE naming.account_id = place.value ->> 0 AND naming.target_sequence = place.value ->> 1
  )`;

const idsAtPlaces = `
  SELECT place.key, entry.id FROM json_each(?) AS place CROSS JOIN entry
  ON entry.account_id = place.value ->> 0 AND entry.sequence = place.value ->> 1`;

/**
 * Implements {@link Journal.entries}.
 * @throws the errors of SQLite.
 */
export function readEntries(connection: SqliteConnection, range: EntryRange): Entry[] {
  const { accountId, from, to, order, limit, naming } = range;
  if (naming !== undefined) return readNaming(connection, range, naming);
  const sql = order === 'ascending' ? entriesAscending : entriesDescending;
  const rows = connection.statement(sql).all(accountId, from, to, limit) as EntryRow[];
  return rows.map(entryOf);
}

function readNaming(
  connection: SqliteConnection,
  { accountId, from, to, order, limit }: EntryRange,
  naming: number,
): Entry[] {
  const sql = order === 'ascending' ? namingAscending : namingDescending;
  const bounds = [accountId, naming, from, to];
  const values = [accountId, ...bounds, ...bounds, ...bounds, limit];
  return (connection.statement(sql).all(...values) as EntryRow[]).map(entryOf);
}

/**
 * Implements {@link Journal.entriesAt}.
 * @throws the errors of SQLite.
 */
export function readEntriesAt(
  connection: SqliteConnection,
  places: readonly EntryPlace[],
): (Entry | null)[] {
  return entriesBy(connection, entriesAtPlaces, places);
}

/**
 * Implements {@link Journal.newestNaming}.
 * @throws the errors of SQLite.
 */
export function readNewestNaming(
  connection: SqliteConnection,
  places: readonly EntryPlace[],
): (Entry | null)[] {
  return entriesBy(connection, newestNamingPlaces, places);
}

function entriesBy(
  connection: SqliteConnection,
  sql: string,
  places: readonly EntryPlace[],
): (Entry | null)[] {
  const found = new Array<Entry | null>(places.length).fill(null);
  const rows = connection.statement(sql).all(placesText(places)) as (readonly [
    number: number,
    ...row: EntryRow,
  ])[];
  for (const [index, ...row] of rows) found[index] = entryOf(row);
  return found;
}

/**
 * Implements {@link Journal.idsAt}.
 * @throws the errors of SQLite.
 */
export function readIdsAt(
  connection: SqliteConnection,
  places: readonly EntryPlace[],
): (string | null)[] {
  const found = new Array<string | null>(places.length).fill(null);
  const rows = connection.statement(idsAtPlaces).all(placesText(places)) as [number, string][];
  for (const [index, id] of rows) found[index] = id;
  return found;
}

/**
 * Implements {@link Journal.accounts} by the index of first entries. SQLite compares texts by their
 * UTF-8 bytes, which is by code point.
 * @throws the errors of SQLite.
 */
export function readAccounts(connection: SqliteConnection, range: AccountRange): string[] {
  const { order, limit } = range;
  const { from, after, before } = accountBounds(range);
  const sql = `
    SELECT account_id FROM entry WHERE sequence = 1
    ${from === null ? '' : 'AND account_id >= ?'}
    ${after === null ? '' : 'AND account_id > ?'} ${before === null ? '' : 'AND account_id < ?'}
    ORDER BY account_id ${order === 'ascending' ? 'ASC' : 'DESC'} LIMIT ?`;
  const bounds = [from, after, before].filter((bound) => bound !== null);
  const rows = connection.statement(sql).all(...bounds, limit) as [string][];
  return rows.map(([accountId]) => accountId);
}

/** Returns places as JSON, for a statement that joins them as rows. */
export function placesText(places: readonly EntryPlace[]): string {
  return JSON.stringify(places.map(({ accountId, sequence }) => [accountId, sequence]));
}
