import type { DuePlace, DueRange } from '../journal';
import type { SqliteConnection } from './connection';

const selectPage = `
  SELECT at, account_id FROM due_row
  WHERE (at, account_id) > (?, ?) AND at <= ?
  ORDER BY at, account_id LIMIT ?`;

/** No account id is empty, so the empty text sorts before the first. */
const first: DuePlace = { at: Number.MIN_SAFE_INTEGER, accountId: '' };

/**
 * Implements {@link Journal.due}. O(places + log rows).
 * @throws the errors of SQLite.
 */
export function readDue(
  connection: SqliteConnection,
  { after, until, limit }: DueRange,
): DuePlace[] {
  const { at, accountId } = after ?? first;
  const rows = connection.statement(selectPage).all(at, accountId, until, limit);
  return (rows as [number, string][]).map(([at, accountId]) => ({ at, accountId }));
}
