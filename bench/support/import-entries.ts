import { randomUUID } from 'node:crypto';
import type { Entry } from '../../src/ledger/entry';
import { nextKey, type RowKind, someAdd } from './ledger-traffic';

const sequences = new Map<string, number>();

/** Makes entries as an import does, which follow in each account those made before. */
export function entriesOfImport(kind: RowKind, count: number): Entry[] {
  return Array.from({ length: count }, () => someEntry(kind));
}

function someEntry({ accounts, keys }: RowKind): Entry {
  const { accountId, command } = someAdd(accounts);
  const sequence = (sequences.get(accountId) ?? 0) + 1;
  sequences.set(accountId, sequence);
  const { payer, points, timestamp } = command;
  return {
    kind: 'transaction',
    id: randomUUID(),
    accountId,
    sequence,
    recordedAt: Date.now(),
    reference: null,
    idempotencyKey: nextKey(keys),
    digest: null,
    payer,
    points,
    timestamp,
  };
}
