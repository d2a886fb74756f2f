import type { Entry } from '../../ledger/entry';
import type { LapseTotals } from '../../ledger/lapse-entry';
import { lotsNamedBy, type Target } from '../../ledger/target';
import type { CatchUp, EntryPlace } from '../journal';
import type { SqliteConnection } from './connection';
import { placesText, readEntriesAt, readNewestNaming } from './read';

/**
 * Reads the newest row of each lot through its index. Rows of a beginning have no totals: they come
 * before all others. Each row is the index of its place, then the totals.
 */
const newestTotals = `
  SELECT place.key, lapse_row.expired_total, lapse_row.settled_total
  FROM json_each(?) AS place CROSS JOIN lapse_row
  ON lapse_row.account_id = place.value ->> 0 AND lapse_row.expired_total IS NOT NULL
    AND (lapse_row.sequence, lapse_row.number) = (
      SELECT newest.sequence, newest.number FROM lapse_row AS newest
      WHERE newest.account_id = place.value ->> 0 AND newest.lot_sequence = place.value ->> 1
      ORDER BY newest.sequence DESC, newest.number DESC LIMIT 1
    )`;

type TotalsRow = readonly [number: number, expired: number, settled: number];

/**
 * Reads the targets of each request. O(lots log entries).
 * @throws the errors of SQLite.
 */
export function readTargets(
  connection: SqliteConnection,
  requests: readonly CatchUp[],
): Target[][] {
  const found: Target[][] = requests.map(() => []);
  const wanted = requests.flatMap(({ accountId, targets = [] }, index) =>
    targets.map((sequence) => ({ accountId, sequence, index })),
  );
  if (wanted.length === 0) return found;
  const entries = readEntriesAt(connection, wanted);
  const newest = readNewestNaming(connection, wanted);
  const lapsed = lapsedOf(connection, entries);
  for (const [place, entry] of entries.entries()) {
    if (entry === null) continue;
    found[wanted[place]!.index]!.push({ entry, newest: newest[place]!, lapsed: lapsed[place]! });
  }
  return found;
}

/** Returns the totals of the lots that each entry names, by the lot's sequence. */
function lapsedOf(
  connection: SqliteConnection,
  entries: readonly (Entry | null)[],
): Map<number, LapseTotals>[] {
  const lapsed = entries.map(() => new Map<number, LapseTotals>());
  const lots: (EntryPlace & { readonly place: number })[] = entries.flatMap((entry, place) => {
    if (entry === null) return [];
    const { accountId } = entry;
    return lotsNamedBy(entry).map((sequence) => ({ accountId, sequence, place }));
  });
  if (lots.length === 0) return lapsed;
  const rows = connection.statement(newestTotals).all(placesText(lots)) as TotalsRow[];
  for (const [number, expired, settled] of rows) {
    const { place, sequence } = lots[number]!;
    lapsed[place]!.set(sequence, { expired, settled });
  }
  return lapsed;
}
