import { encodeEntryId } from '../graphql/entry/entry-id';
import type { Allocation, Entry, SpendEntry, TransactionEntry } from '../ledger/entry';

/** An entry as the API tells it, which is how an export holds it. Instants are RFC 3339 in UTC. */
export type ExportedEntry = ExportedTransaction | ExportedSpend;

interface ExportedCommon {
  readonly accountId: string;
  readonly sequence: number;
  /** The id by which clients know the entry. */
  readonly id: string;
  readonly recordedAt: string;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
}

export interface ExportedTransaction extends ExportedCommon {
  readonly kind: 'transaction';
  readonly payer: string;
  readonly points: number;
  readonly timestamp: string;
}

export interface ExportedSpend extends ExportedCommon {
  readonly kind: 'spend';
  readonly points: number;
  readonly allocations: readonly ExportedAllocation[];
}

/** The part of a spend that one lot paid; `sequence` is that of the transaction that opened it. */
export interface ExportedAllocation {
  readonly sequence: number;
  readonly payer: string;
  readonly timestamp: string;
  readonly points: number;
}

export function exportedEntry(entry: Entry): ExportedEntry {
  return entry.kind === 'transaction' ? exportedTransaction(entry) : exportedSpend(entry);
}

function exportedTransaction(entry: TransactionEntry): ExportedTransaction {
  return {
    kind: entry.kind,
    accountId: entry.accountId,
    sequence: entry.sequence,
    id: encodeEntryId(entry),
    recordedAt: instantText(entry.recordedAt),
    reference: entry.reference,
    idempotencyKey: entry.idempotencyKey,
    points: entry.points,
    payer: entry.payer,
    timestamp: instantText(entry.timestamp),
  };
}

function exportedSpend(entry: SpendEntry): ExportedSpend {
  return {
    kind: entry.kind,
    accountId: entry.accountId,
    sequence: entry.sequence,
    id: encodeEntryId(entry),
    recordedAt: instantText(entry.recordedAt),
    reference: entry.reference,
    idempotencyKey: entry.idempotencyKey,
    points: entry.points,
    allocations: entry.allocations.map(exportedAllocation),
  };
}

function exportedAllocation({ sequence, payer, timestamp, points }: Allocation) {
  return { sequence, payer, timestamp: instantText(timestamp), points };
}

function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
