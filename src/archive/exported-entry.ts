import { encodeEntryId } from '../ids/entry-id';
import type { SpentPart } from '../ledger/command';
import type { Allocation, Entry, SpendEntry, TransactionEntry } from '../ledger/entry';
import { unreachable } from '../ledger/invariant';
import type { LapseEntry } from '../ledger/lapse-entry';
import type { SpendReversalEntry, TransactionReversalEntry } from '../ledger/reversal-entry';
import { type ExportedRow, exportedRow } from './exported-row';
import { instantText, optionalInstant } from './instant-text';

/**
 * An entry in an export, with the values that the API returns. Instants are RFC 3339 in UTC. A date
 * that an entry does not have is absent.
 */
export type ExportedEntry =
  | ExportedTransaction
  | ExportedSpend
  | ExportedSpendReversal
  | ExportedTransactionReversal
  | ExportedLapse;

interface ExportedCommon {
  readonly accountId: string;
  readonly sequence: number;
  /** The id by which clients know the entry. */
  readonly id: string;
  readonly points: number;
  readonly recordedAt: string;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
  /** Absent if the entry has none. */
  readonly actor?: string;
  readonly digest: string | null;
}

export interface ExportedTransaction extends ExportedCommon {
  readonly kind: 'transaction';
  readonly payer: string;
  readonly timestamp: string;
  readonly availableFrom?: string;
  readonly expiresAt?: string;
}

export interface ExportedSpend extends ExportedCommon {
  readonly kind: 'spend';
  readonly allocations: readonly ExportedAllocation[];
}

interface ExportedReversal extends ExportedCommon {
  /** The sequence of the entry that is reversed. */
  readonly target: number;
  /** The points as requested; null if everything was. */
  readonly requested: number | null;
  /** The points of the target that are reversed so far, these included. */
  readonly total: number;
}

export interface ExportedSpendReversal extends ExportedReversal {
  readonly kind: 'spendReversal';
  readonly allocations: readonly ExportedAllocation[];
  readonly lapses: readonly ExportedRow[];
}

export interface ExportedTransactionReversal extends ExportedReversal {
  readonly kind: 'transactionReversal';
  readonly payer: string;
  readonly timestamp: string;
  readonly spentPart: SpentPart;
  readonly fromLot: number;
  readonly debited: number;
  readonly lifted: number;
}

export interface ExportedLapse extends ExportedCommon {
  readonly kind: 'lapse';
  readonly rows: readonly ExportedRow[];
}

/** The part of a spend that one lot paid; `sequence` is that of the transaction that opened it. */
export interface ExportedAllocation {
  readonly sequence: number;
  readonly payer: string;
  readonly timestamp: string;
  readonly expiresAt?: string;
  readonly points: number;
}

/** Returns an entry of the journal as an export holds it. */
export function exportedEntry(entry: Entry): ExportedEntry {
  switch (entry.kind) {
    case 'transaction':
      return exportedTransaction(entry);
    case 'spend':
      return exportedSpend(entry);
    case 'spendReversal':
      return exportedSpendReversal(entry);
    case 'transactionReversal':
      return exportedTransactionReversal(entry);
    case 'lapse':
      return exportedLapse(entry);
    default:
      return unreachable(entry);
  }
}

function exportedTransaction(entry: TransactionEntry): ExportedTransaction {
  const { kind, payer, timestamp, availableFrom, expiresAt } = entry;
  return {
    kind,
    ...common(entry),
    payer,
    timestamp: instantText(timestamp),
    ...optionalInstant('availableFrom', availableFrom),
    ...optionalInstant('expiresAt', expiresAt),
  };
}

function exportedSpend(entry: SpendEntry): ExportedSpend {
  const { kind, allocations } = entry;
  return { kind, ...common(entry), allocations: allocations.map(exportedAllocation) };
}

function exportedSpendReversal(entry: SpendReversalEntry): ExportedSpendReversal {
  const { kind, target, requested, total, allocations, lapses } = entry;
  return {
    kind,
    ...common(entry),
    target,
    requested,
    total,
    allocations: allocations.map(exportedAllocation),
    lapses: lapses.map(exportedRow),
  };
}

function exportedTransactionReversal(entry: TransactionReversalEntry): ExportedTransactionReversal {
  const { kind, target, requested, total, payer, timestamp } = entry;
  const { spentPart, fromLot, debited, lifted } = entry;
  return {
    kind,
    ...common(entry),
    target,
    requested,
    total,
    payer,
    timestamp: instantText(timestamp),
    spentPart,
    fromLot,
    debited,
    lifted,
  };
}

function exportedLapse(entry: LapseEntry): ExportedLapse {
  return { kind: entry.kind, ...common(entry), rows: entry.rows.map(exportedRow) };
}

/** Returns what entries of all kinds have. */
function common(entry: Entry) {
  const { accountId, sequence, recordedAt, reference, idempotencyKey, points, digest } = entry;
  const plain = {
    accountId,
    sequence,
    id: encodeEntryId(entry),
    recordedAt: instantText(recordedAt),
    reference,
    idempotencyKey,
    points,
    digest,
  };
  return entry.actor === undefined ? plain : { ...plain, actor: entry.actor };
}

function exportedAllocation(allocation: Allocation): ExportedAllocation {
  const { sequence, payer, timestamp, points, expiresAt } = allocation;
  const plain = { sequence, payer, timestamp: instantText(timestamp), points };
  return expiresAt === undefined ? plain : { ...plain, expiresAt: instantText(expiresAt) };
}
