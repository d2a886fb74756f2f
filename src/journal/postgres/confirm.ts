import type { Entry } from '../../ledger/entry';
import { JournalUnavailable } from '../journal';
import { firstError, type PostgresSession } from './session';
import { transact, wasWaitEnded } from './transaction';

/**
 * The lock of a row is written to the log, so that its commit waits for a synchronous standby as
 * that of an append does: what stood here alone stands there too, before anyone is told.
 */
const lockEntry =
  'SELECT 1 FROM entry WHERE account_id = $1 AND sequence = $2 AND id = $3 FOR UPDATE';

/** Whether entries stand in their places, and will still after the loss of this server. */
export async function confirmEntries(
  session: PostgresSession,
  entries: readonly Entry[],
  lockMsMax: number,
): Promise<boolean[]> {
  const numbers = entries.map((_entry, number) => number);
  // In one order everywhere, or two processes could wait for each other.
  numbers.sort((left, right) => (entries[left]!.accountId < entries[right]!.accountId ? -1 : 1));
  const { begin, answers, commit } = await transact(
    session,
    numbers.map((number) => {
      const { accountId, sequence, id } = entries[number]!;
      return { text: lockEntry, values: [accountId, sequence, id] };
    }),
    lockMsMax,
  );
  const error = firstError([begin, ...answers, commit]);
  if (error !== null) throw error;
  if (wasWaitEnded(session)) {
    throw new JournalUnavailable('The wait for the standby was ended before it had the entries.');
  }
  const results = new Array<boolean>(entries.length);
  numbers.forEach((number, place) => {
    const answer = answers[place]!;
    results[number] = answer.kind === 'done' && answer.rows.length > 0;
  });
  return results;
}
