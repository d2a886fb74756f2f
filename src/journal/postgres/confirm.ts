import type { Entry } from '../../ledger/entry';
import { JournalUnavailable } from '../journal-error';
import { firstError, type PostgresSession } from './session';
import { sendTransaction, wasStandbyWaitCancelled } from './transaction';

/**
 * A row lock is written to the WAL, so its commit waits for a synchronous standby as an append's
 * does. The caller then knows that the standby has the row too.
 */
const lockEntry =
  'SELECT 1 FROM entry WHERE account_id = $1 AND sequence = $2 AND id = $3 FOR UPDATE';

/**
 * Returns for each entry whether it is stored, and would survive the loss of this server. One round
 * trip.
 * @throws JournalUnavailable if the wait for the standby was cancelled, or the database's error.
 */
export async function confirmEntries(
  session: PostgresSession,
  entries: readonly Entry[],
  lockMsMax: number,
): Promise<boolean[]> {
  const numbers = entries.map((_entry, number) => number);
  // The same order in every process prevents deadlocks.
  numbers.sort((left, right) => (entries[left]!.accountId < entries[right]!.accountId ? -1 : 1));
  const { begin, results, commit } = await sendTransaction(
    session,
    numbers.map((number) => {
      const { accountId, sequence, id } = entries[number]!;
      return { text: lockEntry, values: [accountId, sequence, id] };
    }),
    lockMsMax,
  );
  const error = firstError([begin, ...results, commit]);
  if (error !== null) throw error;
  if (wasStandbyWaitCancelled(session)) {
    throw new JournalUnavailable(
      'The wait for the standby was cancelled before it had the entries.',
    );
  }
  const confirmed = new Array<boolean>(entries.length);
  numbers.forEach((number, place) => {
    const result = results[place]!;
    confirmed[number] = result.kind === 'done' && result.rows.length > 0;
  });
  return confirmed;
}
