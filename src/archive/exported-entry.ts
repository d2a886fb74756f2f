import { encodeEntryId } from '../ids/entry-id';
import type { Allocation, Entry, SpendEntry, TransactionEntry } from '../ledger/entry';
import { broken } from '../ledger/invariant';

/** An entry in an export, with the values that the API returns. Instants are RFC 3339 in UTC. */
export type ExportedEntry = ExportedTransaction | ExportedSpend;

interface ExportedCommon {
  readonly accountId: string;
  readonly sequence: number;
  /** The id by which clients know the entry. */
  readonly id: string;
  readonly recordedAt: string;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
  readonly digest: string | null;
}

interface ExportedTransaction extends ExportedCommon {
  readonly kind: 'transaction';
  readonly payer: string;
  readonly points: number;
  readonly timestamp: string;
}

interface ExportedSpend extends ExportedCommon {
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

/** Returns an entry of the journal as an export holds it. */
export function exportedEntry(entry: Entry): ExportedEntry {
  if (entry.kind === 'transaction') return exportedTransaction(entry);
  if (entry.kind === 'spend') return exportedSpend(entry);
  return broken(`entries of kind ${entry.kind} are not exported yet`);
}

function exportedTransaction(entry: TransactionEntry): ExportedTransaction {
  const { kind, payer, timestamp } = entry;
  return { kind, ...common(entry), payer, timestamp: instantText(timestamp) };
}

function exportedSpend(entry: SpendEntry): ExportedSpend {
  const { kind, allocations } = entry;
  return { kind, ...common(entry), allocations: allocations.map(exportedAllocation) };
}

/** Returns what entries of all kinds have. */
function common(entry: Entry) {
  const { accountId, sequence, recordedAt, reference, idempotencyKey, points, digest } = entry;
  return {
    accountId,
    sequence,
    id: encodeEntryId(entry),
    recordedAt: instantText(recordedAt),
    reference,
    idempotencyKey,
    points,
    digest,
  };
}

function exportedAllocation({ sequence, payer, timestamp, points }: Allocation) {
  return { sequence, payer, timestamp: instantText(timestamp), points };
}

function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
