import { unreachable } from '../ledger/invariant';
import { allocationsInOrder } from './exported-allocation';
import type {
  ExportedEntry,
  ExportedHold,
  ExportedLapse,
  ExportedRelease,
  ExportedSpend,
  ExportedSpendReversal,
  ExportedTransaction,
  ExportedTransactionReversal,
} from './exported-entry';

/**
 * Returns an entry as JSON with its members in a fixed order: the same entry makes the same bytes,
 * wherever it was read. Written out, since spreading objects into one another costs a third of an
 * export. JSON omits members that are absent, such as the dates of most transactions.
 */
export function entryLine(entry: ExportedEntry): string {
  switch (entry.kind) {
    case 'transaction':
      return transactionLine(entry);
    case 'spend':
      return spendLine(entry);
    case 'hold':
      return holdLine(entry);
    case 'release':
      return releaseLine(entry);
    case 'spendReversal':
      return spendReversalLine(entry);
    case 'transactionReversal':
      return transactionReversalLine(entry);
    case 'lapse':
      return lapseLine(entry);
    default:
      return unreachable(entry);
  }
}

function transactionLine(entry: ExportedTransaction): string {
  const { accountId, sequence, id, kind, payer, points, timestamp, availableFrom } = entry;
  const { expiresAt, recordedAt, reference, idempotencyKey, digest } = entry;
  return JSON.stringify({
    accountId,
    sequence,
    id,
    kind,
    payer,
    points,
    timestamp,
    availableFrom,
    expiresAt,
    recordedAt,
    reference,
    idempotencyKey,
    actor: entry.actor,
    digest,
  });
}

function spendLine(entry: ExportedSpend): string {
  const { accountId, sequence, id, kind, target, points, requested, payers, upTo } = entry;
  const { keepRest, total, recordedAt, reference, idempotencyKey, released, lapses } = entry;
  const { digest } = entry;
  return JSON.stringify({
    accountId,
    sequence,
    id,
    kind,
    target,
    points,
    requested,
    payers,
    upTo,
    keepRest,
    total,
    recordedAt,
    reference,
    idempotencyKey,
    actor: entry.actor,
    allocations: allocationsInOrder(entry.allocations),
    released: released === undefined ? undefined : allocationsInOrder(released),
    lapses,
    digest,
  });
}

function holdLine(entry: ExportedHold): string {
  const { accountId, sequence, id, kind, points, requested, payers, upTo, expiresAt } = entry;
  const { recordedAt, reference, idempotencyKey, digest } = entry;
  return JSON.stringify({
    accountId,
    sequence,
    id,
    kind,
    points,
    requested,
    payers,
    upTo,
    expiresAt,
    recordedAt,
    reference,
    idempotencyKey,
    actor: entry.actor,
    allocations: allocationsInOrder(entry.allocations),
    digest,
  });
}

function releaseLine(entry: ExportedRelease): string {
  const { accountId, sequence, id, kind, target, points, recordedAt, reference } = entry;
  const { idempotencyKey, lapses, digest } = entry;
  return JSON.stringify({
    accountId,
    sequence,
    id,
    kind,
    target,
    points,
    recordedAt,
    reference,
    idempotencyKey,
    actor: entry.actor,
    allocations: allocationsInOrder(entry.allocations),
    lapses,
    digest,
  });
}

function spendReversalLine(entry: ExportedSpendReversal): string {
  const { accountId, sequence, id, kind, target, points, requested, total } = entry;
  const { recordedAt, reference, idempotencyKey, lapses, digest } = entry;
  return JSON.stringify({
    accountId,
    sequence,
    id,
    kind,
    target,
    points,
    requested,
    total,
    recordedAt,
    reference,
    idempotencyKey,
    actor: entry.actor,
    allocations: allocationsInOrder(entry.allocations),
    lapses,
    digest,
  });
}

function transactionReversalLine(entry: ExportedTransactionReversal): string {
  const { accountId, sequence, id, kind, target, payer, points, timestamp, requested } = entry;
  const { total, spentPart, fromLot, debited, lifted, recordedAt, reference } = entry;
  const { idempotencyKey, digest } = entry;
  return JSON.stringify({
    accountId,
    sequence,
    id,
    kind,
    target,
    payer,
    points,
    timestamp,
    requested,
    total,
    spentPart,
    fromLot,
    debited,
    lifted,
    recordedAt,
    reference,
    idempotencyKey,
    actor: entry.actor,
    digest,
  });
}

function lapseLine(entry: ExportedLapse): string {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } = entry;
  const { rows, digest } = entry;
  return JSON.stringify({
    accountId,
    sequence,
    id,
    kind,
    points,
    recordedAt,
    reference,
    idempotencyKey,
    rows,
    digest,
  });
}
