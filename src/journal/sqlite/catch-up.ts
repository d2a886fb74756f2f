import type { Entry } from '../../ledger/entry';
import { columns, type EntryRow, entryOf } from '../entry-row';
import type { CatchUp, CaughtUp, EntryPlace } from '../journal';
import type { SqliteConnection } from './connection';
import { placesText } from './read';
import { readSnapshotHead } from './snapshot';
import { readTargets } from './targets';

/**
 * One statement for all keys costs a quarter of one per key. Each row is the index of its request,
 * then the entry.
 */
const entriesOfKeys = `
  SELECT request.value ->> 2, ${columns} FROM json_each(?) AS request CROSS JOIN entry
  ON entry.account_id = request.value ->> 0 AND entry.idempotency_key = request.value ->> 1`;

/**
 * One statement for all accounts, since one for each costs several times as much. Sequences have no
 * gap, so a bound on them limits the rows of each account. Each row is the index of its request,
 * then the entry.
 */
const entriesFromPlaces = `
  SELECT place.key, ${columns} FROM json_each(?) AS place CROSS JOIN entry
  ON entry.account_id = place.value ->> 0 AND entry.sequence
    BETWEEN place.value ->> 1 AND (place.value ->> 1) + ?`;

type NumberedRow = readonly [number: number, ...row: EntryRow];

/**
 * Implements {@link Journal.catchUp}. The statements read the same state, since no other process
 * may write and the calls are synchronous.
 * @throws the errors of SQLite.
 */
export function catchUp(
  connection: SqliteConnection,
  requests: readonly CatchUp[],
  entriesMax: number,
): CaughtUp[] {
  const keyed = keyedEntries(connection, requests);
  const targets = readTargets(connection, requests);
  const snapshots = requests.map(({ accountId, known }) =>
    known === null ? readSnapshotHead(connection, accountId) : null,
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
    ...(requests[index]!.targets === undefined ? {} : { targets: targets[index]! }),
  }));
}

/** Returns for each place the entries from there on, up to one more than `entriesMax`. */
function entriesFrom(
  connection: SqliteConnection,
  places: readonly EntryPlace[],
  entriesMax: number,
): Entry[][] {
  const found: Entry[][] = places.map(() => []);
  const rows = connection
    .statement(entriesFromPlaces)
    .all(placesText(places), entriesMax) as NumberedRow[];
  for (const [index, ...row] of rows) found[index]!.push(entryOf(row));
  // Usually sorted already, since SQLite walks the key, but not guaranteed: an ORDER BY would sort
  // the rows of all accounts.
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
