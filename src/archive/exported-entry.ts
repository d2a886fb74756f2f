import { encodeEntryId } from '../ids/entry-id';
import type { SpentPart } from '../ledger/command';
import { type Entry, isCapture, type SpendEntry, type TransactionEntry } from '../ledger/entry';
import type { HoldEntry, ReleaseEntry } from '../ledger/hold-entry';
import { unreachable } from '../ledger/invariant';
import type { LapseEntry } from '../ledger/lapse-entry';
import type { PayerChoice } from '../ledger/payer-choice';
import type { SpendReversalEntry, TransactionReversalEntry } from '../ledger/reversal-entry';
import { type ExportedAllocation, exportedAllocation } from './exported-allocation';
import { type ExportedRow, exportedRow } from './exported-row';
import { instantText, optionalInstant } from './instant-text';

/**
 * An entry in an export, with the values that the API returns. Instants are RFC 3339 in UTC. A date
 * that an entry does not have is absent.
 */
export type ExportedEntry =
  | ExportedTransaction
  | ExportedSpend
  | ExportedHold
  | ExportedRelease
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

/** What a spend or a hold chose; absent if it did not choose. */
interface ExportedChoices {
  readonly payers?: PayerChoice;
  readonly upTo?: true;
}

export interface ExportedSpend extends ExportedCommon, ExportedChoices {
  readonly kind: 'spend';
  /** Absent if they are the points. */
  readonly requested?: number | null;
  readonly allocations: readonly ExportedAllocation[];
  /** Of a capture, as what follows: the sequence of the hold. */
  readonly target?: number;
  readonly keepRest?: boolean;
  /** The points of the hold that are captured so far, these included. */
  readonly total?: number;
  readonly released?: readonly ExportedAllocation[];
  readonly lapses?: readonly ExportedRow[];
}

export interface ExportedHold extends ExportedCommon, ExportedChoices {
  readonly kind: 'hold';
  readonly requested: number;
  readonly expiresAt: string;
  readonly allocations: readonly ExportedAllocation[];
}

export interface ExportedRelease extends ExportedCommon {
  readonly kind: 'release';
  /** The sequence of the hold. */
  readonly target: number;
  readonly allocations: readonly ExportedAllocation[];
  readonly lapses: readonly ExportedRow[];
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

/** Returns an entry of the journal as an export holds it. */
export function exportedEntry(entry: Entry): ExportedEntry {
  switch (entry.kind) {
    case 'transaction':
      return exportedTransaction(entry);
    case 'spend':
      return exportedSpend(entry);
    case 'hold':
      return exportedHold(entry);
    case 'release':
      return exportedRelease(entry);
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
  const { kind, requested } = entry;
  const allocations = entry.allocations.map(exportedAllocation);
  const spend = { kind, ...common(entry), allocations };
  if (!isCapture(entry)) {
    return { ...spend, ...(requested === undefined ? {} : { requested }), ...choicesOf(entry) };
  }
  const { target, keepRest, total } = entry;
  const released = entry.released.map(exportedAllocation);
  const lapses = entry.lapses.map(exportedRow);
  return { ...spend, requested, target, keepRest, total, released, lapses };
}

function exportedHold(entry: HoldEntry): ExportedHold {
  const { kind, requested, expiresAt } = entry;
  const allocations = entry.allocations.map(exportedAllocation);
  const end = instantText(expiresAt);
  const hold = { kind, ...common(entry), requested, expiresAt: end, allocations };
  return { ...hold, ...choicesOf(entry) };
}

function choicesOf({ payers, upTo }: ExportedChoices): ExportedChoices {
  return {
    ...(payers === undefined ? {} : { payers }),
    ...(upTo === undefined ? {} : { upTo }),
  };
}

function exportedRelease(entry: ReleaseEntry): ExportedRelease {
  const { kind, target } = entry;
  const allocations = entry.allocations.map(exportedAllocation);
  const lapses = entry.lapses.map(exportedRow);
  return { kind, ...common(entry), target, allocations, lapses };
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
