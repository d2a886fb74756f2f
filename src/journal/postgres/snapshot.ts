import { invariant } from '../../ledger/invariant';
import type { SnapshotHead, SnapshotMark } from '../journal';
import { faultOf } from './errors';
import { firstError, type PostgresSession, type Statement } from './session';

/** Lends a connection for one transaction. */
type Lend = <Result>(call: (session: PostgresSession) => Promise<Result>) => Promise<Result>;

/** Any number will do, as long as it is none of the other locks': see `turn.ts`. */
const snapshotLocks = 2;

const lockAccount = `SELECT pg_advisory_xact_lock(hashtextextended($1, ${snapshotLocks}))`;
const deleteAbandoned = `
  DELETE FROM snapshot_part WHERE account_id = $1
    AND snapshot_id IS DISTINCT FROM (SELECT id FROM snapshot WHERE account_id = $1)`;
const replacePart = `
  INSERT INTO snapshot_part (account_id, snapshot_id, part, content) VALUES ($1, $2, $3, $4)
  ON CONFLICT (account_id, snapshot_id, part) DO UPDATE SET content = excluded.content`;
/** Fails, by a division by zero, unless all parts are there. */
const checkParts = `
  SELECT 1 / (count(*) >= $3)::int FROM snapshot_part WHERE account_id = $1 AND snapshot_id = $2`;
const replaceHead = `
  INSERT INTO snapshot (account_id, id, sequence, entry_id, parts) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (account_id) DO UPDATE SET id = excluded.id, sequence = excluded.sequence,
    entry_id = excluded.entry_id, parts = excluded.parts
  WHERE snapshot.sequence <= excluded.sequence`;
const deleteOwn = 'DELETE FROM snapshot_part WHERE account_id = $1 AND snapshot_id = $2';
const selectPart =
  'SELECT content FROM snapshot_part WHERE account_id = $1 AND snapshot_id = $2 AND part = $3';

/**
 * Stores a snapshot, each part in a transaction of its own and the head with the last. What savers
 * before left unfinished is deleted with the first part; if one of them is still at it, it will
 * miss its parts at its end and give up.
 */
export async function saveSnapshot(
  lend: Lend,
  snapshot: SnapshotMark,
  parts: AsyncIterable<string>,
): Promise<void> {
  const { accountId, id, entry } = snapshot;
  const lock = { text: lockAccount, values: [accountId] };
  const part = (number: number, content: string) => ({
    text: replacePart,
    values: [accountId, id, number, content],
  });
  const cleaning = { text: deleteAbandoned, values: [accountId] };
  let held: string | null = null;
  let count = 0;
  for await (const next of parts) {
    if (held !== null) {
      const statements = [...(count === 0 ? [lock, cleaning] : []), part(count, held)];
      await transact(lend, statements);
      count += 1;
    }
    held = next;
  }
  invariant(held !== null, 'a snapshot has a part');
  const isKept = await transact(lend, [
    lock,
    part(count, held),
    { text: checkParts, values: [accountId, id, count + 1] },
    { text: replaceHead, values: [accountId, id, entry.sequence, entry.id, count + 1] },
    cleaning,
  ]);
  if (!isKept) await transact(lend, [{ text: deleteOwn, values: [accountId, id] }]);
}

export async function readSnapshotPart(
  session: PostgresSession,
  { accountId, id }: SnapshotHead,
  part: number,
): Promise<string | null> {
  const rows = await session.rows({ text: selectPart, values: [accountId, id, part] });
  return (rows.at(0)?.[0] as string | undefined) ?? null;
}

/** Whether it was done; not, if parts were missing. Rejects with whatever else there is. */
async function transact(lend: Lend, statements: readonly Statement[]): Promise<boolean> {
  return lend(async (session) => {
    const answers = await session.send([{ text: 'BEGIN' }, ...statements, { text: 'COMMIT' }]);
    const error = firstError(answers);
    if (error === null) return true;
    if (faultOf(error) === 'conflict') return false;
    throw error;
  });
}
