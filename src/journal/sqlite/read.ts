import type { Entry } from '../../ledger/entry';
import { accountBounds } from '../account-bounds';
import { type EntryRow, entryColumns, entryOf } from '../entry-row';
import {
  type AccountRange,
  type CatchUp,
  type CaughtUp,
  type EntryPlace,
  type EntryRange,
} from '../journal';
import type { SqliteConnection } from './connection';
import { snapshotHeadOf } from './snapshot';

const columns = entryColumns.map((column) => `entry.${column}`).join(', ');

const entriesAscending = `
  SELECT ${columns} FROM entry WHERE account_id = ? AND sequence BETWEEN ? AND ?
  ORDER BY sequence LIMIT ?`;
const entriesDescending = entriesAscending.replace('BY sequence', 'BY sequence DESC');

/**
 * One statement for all keys costs a quarter of one per key. A match answers its request's number
 * first.
 */
const entriesOfKeys = `
  SELECT request.value ->> 2, ${columns} FROM json_each(?) AS request CROSS JOIN entry
  ON entry.account_id = request.value ->> 0 AND entry.idempotency_key = request.value ->> 1`;

/**
 * One statement for all accounts, as one for each costs several times as much. Sequences have no
 * gap: a bound on them is a limit on the rows of each account. A match answers its request's number
 * first.
 */
const entriesFromPlaces = `
  SELECT place.key, ${columns} FROM json_each(?) AS place CROSS JOIN entry
  ON entry.account_id = place.value ->> 0 AND entry.sequence
    BETWEEN place.value ->> 1 AND (place.value ->> 1) + ?`;

/** A match answers its place's number first. */
const entriesAtPlaces = `
  SELECT place.key, ${columns} FROM json_each(?) AS place CROSS JOIN entry
  ON entry.account_id = place.value ->> 0 AND entry.sequence = place.value ->> 1`;

const idsAtPlaces = `
  SELECT place.key, entry.id FROM json_each(?) AS place CROSS JOIN entry
  ON entry.account_id = place.value ->> 0 AND entry.sequence = place.value ->> 1`;

type NumberedRow = readonly [number: number, ...row: EntryRow];

/**
 * See the port. Nothing comes between the statements, as no other process may write and none of
 * them waits.
 */
export function catchUp(
  connection: SqliteConnection,
  requests: readonly CatchUp[],
  entriesMax: number,
): CaughtUp[] {
  const keyed = keyedEntries(connection, requests);
  const snapshots = requests.map(({ accountId, known }) =>
    known === null ? snapshotHeadOf(connection, accountId) : null,
  );
  const places = requests.map(({ accountId, known }, index) => ({
    accountId,
    sequence: (known ?? snapshots[index]?.entry)?.sequence ?? 1,
  }));
  return entriesFrom(connection, places, entriesMax).map((entries, index) => ({
    snapshot: snapshots[index]!,
    entries: entries.slice(0, entriesMax),
    more: entries.length > entriesMax,
    keyed: keyed[index]!,
  }));
}

export function readEntries(connection: SqliteConnection, range: EntryRange): Entry[] {
  const { accountId, from, to, order, limit } = range;
  const sql = order === 'ascending' ? entriesAscending : entriesDescending;
  const rows = connection.statement(sql).all(accountId, from, to, limit) as EntryRow[];
  return rows.map(entryOf);
}

export function readEntriesAt(
  connection: SqliteConnection,
  places: readonly EntryPlace[],
): (Entry | null)[] {
  const found = new Array<Entry | null>(places.length).fill(null);
  const rows = connection.statement(entriesAtPlaces).all(textOf(places)) as NumberedRow[];
  for (const [index, ...row] of rows) {
    found[index] = entryOf(row);
  }
  return found;
}

export function readIdsAt(
  connection: SqliteConnection,
  places: readonly EntryPlace[],
): (string | null)[] {
  const found = new Array<string | null>(places.length).fill(null);
  const rows = connection.statement(idsAtPlaces).all(textOf(places)) as [number, string][];
  for (const [index, id] of rows) found[index] = id;
  return found;
}

/**
 * Walks the index of first entries; SQLite compares texts by their UTF-8 bytes, which is by code
 * point.
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

/** For each place the entries from there on, one more than an answer may hold. */
function entriesFrom(
  connection: SqliteConnection,
  places: readonly EntryPlace[],
  entriesMax: number,
): Entry[][] {
  const found: Entry[][] = places.map(() => []);
  const rows = connection
    .statement(entriesFromPlaces)
    .all(textOf(places), entriesMax) as NumberedRow[];
  for (const [index, ...row] of rows) found[index]!.push(entryOf(row));
  // In order already, as SQLite walks the key; but without ORDER BY, which would sort them all, it
  // owes none.
  for (const entries of found) entries.sort((left, right) => left.sequence - right.sequence);
  return found;
}

function keyedEntries(connection: SqliteConnection, requests: readonly CatchUp[]): Entry[][] {
  const keyed: Entry[][] = requests.map(() => []);
  const wanted = requests.flatMap(({ accountId, keys }, index) =>
    Array.from(new Set(keys), (key) => [accountId, key, index]),
  );
  if (wanted.length === 0) return keyed;
  const rows = connection.statement(entriesOfKeys).all(JSON.stringify(wanted)) as NumberedRow[];
  for (const [index, ...row] of rows) keyed[index]!.push(entryOf(row));
  return keyed;
}

function textOf(places: readonly EntryPlace[]): string {
  return JSON.stringify(places.map(({ accountId, sequence }) => [accountId, sequence]));
}
