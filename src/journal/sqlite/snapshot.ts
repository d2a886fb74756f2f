import type { SnapshotHead, SnapshotMark } from '../journal';
import {
  headColumns,
  numberedParts,
  type SnapshotHeadRow,
  type SnapshotPart,
  snapshotHeadOf,
} from '../snapshot-row';
import type { SqliteConnection } from './connection';

const selectHead = `SELECT ${headColumns.join(', ')} FROM snapshot WHERE account_id = ?`;
const selectPart =
  'SELECT content FROM snapshot_part WHERE account_id = ? AND snapshot_id = ? AND part = ?';
const countParts = 'SELECT count(*) FROM snapshot_part WHERE account_id = ? AND snapshot_id = ?';
const replacePart =
  'REPLACE INTO snapshot_part (account_id, snapshot_id, part, content) VALUES (?, ?, ?, ?)';
const deleteParts = 'DELETE FROM snapshot_part WHERE account_id = ? AND snapshot_id = ?';
const deleteOtherParts = 'DELETE FROM snapshot_part WHERE account_id = ? AND snapshot_id IS NOT ?';
const replaceHead =
  'REPLACE INTO snapshot (account_id, id, sequence, entry_id, parts) VALUES (?, ?, ?, ?, ?)';

/**
 * Returns the present snapshot of an account, null if there is none.
 * @throws the errors of SQLite.
 */
export function readSnapshotHead(
  connection: SqliteConnection,
  accountId: string,
): SnapshotHead | null {
  const row = connection.statement(selectHead).get(accountId);
  return row === undefined ? null : snapshotHeadOf(accountId, row as unknown as SnapshotHeadRow);
}

/**
 * Returns null if the part does not exist any more.
 * @throws the errors of SQLite.
 */
export function readSnapshotPart(
  connection: SqliteConnection,
  { accountId, id }: SnapshotHead,
  part: number,
): string | null {
  const row = connection.statement(selectPart).get(accountId, id, part) as [string] | undefined;
  return row === undefined ? null : row[0];
}

/**
 * Stores a snapshot, each part in a transaction of its own and the head with the last one. The
 * first transaction deletes the parts of unfinished attempts; if one of those is still running, it
 * finds its parts missing at its end and gives up.
 * @param write runs statements in one transaction.
 * @throws what `write` throws.
 */
export async function storeSnapshot(
  connection: SqliteConnection,
  snapshot: SnapshotMark,
  parts: AsyncIterable<string>,
  write: (run: () => void) => void,
): Promise<void> {
  for await (const part of numberedParts(parts)) {
    write(() => {
      storePart(connection, snapshot, part);
      if (part.isLast) finish(connection, snapshot, part.number + 1);
    });
  }
}

function storePart(
  connection: SqliteConnection,
  { accountId, id }: SnapshotMark,
  { number, content }: SnapshotPart,
): void {
  if (number === 0) {
    const presentId = readSnapshotHead(connection, accountId)?.id ?? null;
    connection.statement(deleteOtherParts).run(accountId, presentId);
  }
  connection.statement(replacePart).run(accountId, id, number, content);
}

/**
 * Replaces the present snapshot. Drops the new one if that is newer, or parts of it are missing.
 */
function finish(connection: SqliteConnection, snapshot: SnapshotMark, parts: number): void {
  const { accountId, id, entry } = snapshot;
  const present = readSnapshotHead(connection, accountId);
  const [count] = connection.statement(countParts).get(accountId, id) as [number];
  if (count < parts || (present !== null && present.entry.sequence > entry.sequence)) {
    connection.statement(deleteParts).run(accountId, id);
    return;
  }
  connection.statement(replaceHead).run(accountId, id, entry.sequence, entry.id, parts);
  if (present !== null && present.id !== id) {
    connection.statement(deleteParts).run(accountId, present.id);
  }
}
