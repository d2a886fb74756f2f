import { encodeEntryId } from '../graphql/entry/entry-id';
import type { Allocation, Entry } from '../ledger/entry';

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
  const { accountId, sequence, recordedAt, reference, idempotencyKey, points } = entry;
  const common = {
    accountId,
    sequence,
    id: encodeEntryId(entry),
    recordedAt: instantText(recordedAt),
    reference,
    idempotencyKey,
    points,
  };
  return entry.kind === 'transaction'
    ? {
        ...common,
        kind: entry.kind,
        payer: entry.payer,
        timestamp: instantText(entry.timestamp),
      }
    : { ...common, kind: entry.kind, allocations: entry.allocations.map(exportedAllocation) };
}

function exportedAllocation({ sequence, payer, timestamp, points }: Allocation) {
  return { sequence, payer, timestamp: instantText(timestamp), points };
}

function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
