import { randomInt } from 'node:crypto';
import { JournalUnavailable } from '../journal-error';
import { ResponseTimeout } from './connections';
import { reasonOf } from './errors';
import type { PostgresLimits } from './limits';
import { firstError, type PostgresSession, type StatementResult } from './session';

/** A random sequence up to this prevents that the trials of two servers wait for each other. */
const sequencesMax = 2 ** 47;

const selectReadOnly = "SELECT current_setting('transaction_read_only')";
const insertTrial = `
  INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at, digest)
  VALUES ($1, $2, 'trial', 0, 'trial', 0, 0, '')`;

/**
 * Inserts a row and rolls it back. Two round trips: the row is sent only after the transaction has
 * begun, because it would be committed without one.
 * @param accountId an id that no account has, see {@link Distribution.probes}.
 * @throws JournalUnavailable or the database's error if the row is not accepted.
 */
export async function tryInsert(
  session: PostgresSession,
  { lockMsMax, turnIdleMsMax }: PostgresLimits,
  accountId = '',
): Promise<void> {
  const begin = [
    'BEGIN',
    `SET LOCAL lock_timeout = ${lockMsMax}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${turnIdleMsMax}`,
  ].join('; ');
  const [begun] = await session.send([{ text: begin }]);
  if (begun.kind === 'failed') {
    checkRolledBack((await session.send([{ text: 'ROLLBACK' }]))[0]);
    throw begun.error;
  }
  const sequence = 1 + randomInt(sequencesMax);
  const [readOnly, insert, rollback] = await session.send([
    { text: selectReadOnly },
    { text: insertTrial, values: [accountId, sequence] },
    { text: 'ROLLBACK' },
  ]);
  checkRolledBack(rollback);
  const cause = firstError([readOnly, insert]);
  if (readOnly.kind === 'done' && readOnly.rows[0]![0] === 'on') {
    const message = 'The database is read-only: transaction_read_only is on.';
    throw new JournalUnavailable(message, { cause });
  }
  if (cause !== null) throw cause;
}

/**
 * Checks that a ROLLBACK succeeded.
 * @throws ResponseTimeout if it failed, so that the connection is not used again.
 */
function checkRolledBack(rollback: StatementResult): void {
  if (rollback.kind === 'done') return;
  throw new ResponseTimeout(`A trial write was not rolled back: ${reasonOf(rollback.error)}`);
}
