import { invariant } from '../../ledger/invariant';
import type { SnapshotHead, SnapshotMark } from '../journal';
import type { SqliteConnection } from './connection';

const selectHead = 'SELECT id, sequence, entry_id, parts FROM snapshot WHERE account_id = ?';
const selectPart =
  'SELECT content FROM snapshot_part WHERE account_id = ? AND snapshot_id = ? AND part = ?';
const countParts = 'SELECT count(*) FROM snapshot_part WHERE account_id = ? AND snapshot_id = ?';
const replacePart =
  'REPLACE INTO snapshot_part (account_id, snapshot_id, part, content) VALUES (?, ?, ?, ?)';
const deleteParts = 'DELETE FROM snapshot_part WHERE account_id = ? AND snapshot_id = ?';
const deleteOtherParts = 'DELETE FROM snapshot_part WHERE account_id = ? AND snapshot_id IS NOT ?';
const replaceHead =
  'REPLACE INTO snapshot (account_id, id, sequence, entry_id, parts) VALUES (?, ?, ?, ?, ?)';

/** The snapshot that stands for an account, null if there is none. */
export function snapshotHeadOf(
  connection: SqliteConnection,
  accountId: string,
): SnapshotHead | null {
  const row = connection.statement(selectHead).get(accountId);
  if (row === undefined) return null;
  const [id, sequence, entryId, parts] = row as [string, number, string, number];
  return { accountId, id, entry: { sequence, id: entryId }, parts };
}

export function readSnapshotPart(
  connection: SqliteConnection,
  { accountId, id }: SnapshotHead,
  part: number,
): string | null {
  const row = connection.statement(selectPart).get(accountId, id, part) as [string] | undefined;
  return row === undefined ? null : row[0];
}

/**
 * Stores a snapshot, each part in a transaction of its own and the head with the last. What savers
 * before left unfinished is deleted with the first part; if one of them is still at it, it will
 * miss its parts at its end and give up.
 * @param transact runs statements in one transaction.
 */
export async function saveSnapshot(
  connection: SqliteConnection,
  snapshot: SnapshotMark,
  parts: AsyncIterable<string>,
  transact: (run: () => void) => void,
): Promise<void> {
  let held: string | null = null;
  let count = 0;
  for await (const part of parts) {
    if (held !== null) {
      const content = held;
      transact(() => storePart(connection, snapshot, count, content));
      count += 1;
    }
    held = part;
  }
  const last = held;
  invariant(last !== null, 'a snapshot has a part');
  transact(() => {
    storePart(connection, snapshot, count, last);
    finish(connection, snapshot, count + 1);
  });
}

function storePart(
  connection: SqliteConnection,
  { accountId, id }: SnapshotMark,
  part: number,
  content: string,
): void {
  if (part === 0) {
    const presentId = snapshotHeadOf(connection, accountId)?.id ?? null;
    connection.statement(deleteOtherParts).run(accountId, presentId);
  }
  connection.statement(replacePart).run(accountId, id, part, content);
}

/**
 * Puts the snapshot in the place of the present one, or drops it if that is newer or parts of this
 * one are gone.
 */
function finish(connection: SqliteConnection, snapshot: SnapshotMark, parts: number): void {
  const { accountId, id, entry } = snapshot;
  const present = snapshotHeadOf(connection, accountId);
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
