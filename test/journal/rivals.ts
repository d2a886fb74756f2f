import type { Append } from '../../src/journal/journal';
import type { TransactionEntry } from '../../src/ledger/entry';

let rivalCount = 0;

/**
 * Returns what a faster process could have appended: one point of the payer RIVAL as each account's
 * next entry.
 */
export function rivals(appends: readonly Append[]): Append[] {
  return appends.map(({ accountId, after, entries: [first] }) => {
    rivalCount += 1;
    const entry: TransactionEntry = {
      kind: 'transaction',
      id: `rival-${rivalCount}`,
      accountId,
      sequence: first.sequence,
      recordedAt: first.recordedAt,
      reference: null,
      idempotencyKey: null,
      digest: null,
      payer: 'RIVAL',
      points: 1,
      timestamp: first.recordedAt,
    };
    return { accountId, after, entries: [entry] };
  });
}
