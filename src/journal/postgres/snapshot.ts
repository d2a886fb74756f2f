import type { SnapshotHead, SnapshotMark } from '../journal';
import { numberedParts } from '../snapshot-row';
import { categoryOf } from './errors';
import { firstError, type PostgresSession, type Statement } from './session';

/** Runs a call with a connection of its own. */
type WithConnection = <Result>(
  call: (session: PostgresSession) => Promise<Result>,
) => Promise<Result>;

/** The namespace of this kind of lock, distinct from the one in `turn.ts`. */
const snapshotLocks = 2;

const lockAccount = `SELECT pg_advisory_xact_lock(hashtextextended($1, ${snapshotLocks}))`;
const deleteAbandoned = `
  DELETE FROM snapshot_part WHERE account_id = $1
    AND snapshot_id IS DISTINCT FROM (SELECT id FROM snapshot WHERE account_id = $1)`;
const replacePart = `
  INSERT INTO snapshot_part (account_id, snapshot_id, part, content) VALUES ($1, $2, $3, $4)
  ON CONFLICT (account_id, snapshot_id, part) DO UPDATE SET content = excluded.content`;
/** Fails, by a division by zero, unless all parts are stored. */
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
 * Stores a snapshot, each part in a transaction of its own and the head with the last one. The
 * first transaction deletes the parts of unfinished attempts; if one of those is still running, it
 * finds its parts missing at its end and gives up.
 * @throws the database's error.
 */
export async function storeSnapshot(
  withConnection: WithConnection,
  snapshot: SnapshotMark,
  parts: AsyncIterable<string>,
): Promise<void> {
  const { accountId, id, entry } = snapshot;
  const lock = { text: lockAccount, values: [accountId] };
  const cleaning = { text: deleteAbandoned, values: [accountId] };
  for await (const { number, content, isLast } of numberedParts(parts)) {
    const part = { text: replacePart, values: [accountId, id, number, content] };
    if (!isLast) {
      const isFirst = number === 0;
      await commitIfPartsExist(withConnection, isFirst ? [lock, cleaning, part] : [part]);
      continue;
    }
    const count = number + 1;
    const areAllStored = await commitIfPartsExist(withConnection, [
      lock,
      part,
      { text: checkParts, values: [accountId, id, count] },
      { text: replaceHead, values: [accountId, id, entry.sequence, entry.id, count] },
      cleaning,
    ]);
    if (areAllStored) return;
    await commitIfPartsExist(withConnection, [{ text: deleteOwn, values: [accountId, id] }]);
  }
}

/** Returns null if the part does not exist any more. */
export async function readSnapshotPart(
  session: PostgresSession,
  { accountId, id }: SnapshotHead,
  part: number,
): Promise<string | null> {
  const rows = await session.rows({ text: selectPart, values: [accountId, id, part] });
  return (rows.at(0)?.[0] as string | undefined) ?? null;
}

/**
 * Runs statements in one transaction. Returns false, with nothing committed, if parts are missing.
 * @throws any other error.
 */
async function commitIfPartsExist(
  withConnection: WithConnection,
  statements: readonly Statement[],
): Promise<boolean> {
  return withConnection(async (session) => {
    const results = await session.send([{ text: 'BEGIN' }, ...statements, { text: 'COMMIT' }]);
    const error = firstError(results);
    if (error === null) return true;
    if (categoryOf(error) === 'conflict') return false;
    throw error;
  });
}
