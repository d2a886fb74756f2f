import type { Account } from './account';
import {
  count,
  countHeld,
  endOf,
  make,
  makeAll,
  moveHeld,
  moveHold,
  payerOf,
  type Undo,
} from './change';
import {
  type Allocation,
  type CaptureEntry,
  type Entry,
  isCapture,
  type SpendEntry,
  type TransactionEntry,
} from './entry';
import { changesOf, type GivingEntry, holdAt } from './entry-changes';
import type { HoldEntry } from './hold-entry';
import { broken, unreachable } from './invariant';
import type { LapseEntry, LapseRow } from './lapse-entry';
import { applyRows } from './lapse-rows';
import { OpenHold } from './open-hold';
import { PayerLots } from './payer-lots';

export type { Undo };

/**
 * Applies an accepted entry to the account, in place. An add or a debit costs O(log n + log P), an
 * entry that touches k lots O(k (log n + log P)). Reads no clock: what lapsed is in the entries.
 * @throws if the entry does not follow from the account, which must not be used any more then.
 */
export function evolve(account: Account, entry: Entry): Undo {
  if (entry.sequence !== account.sequence + 1) {
    broken(`entry ${entry.sequence} of account ${account.id} cannot follow ${account.sequence}`);
  }
  const undo = apply(account, entry);
  account.sequence = entry.sequence;
  account.recordedAt = entry.recordedAt;
  return undo;
}

function apply(account: Account, entry: Entry): Undo {
  switch (entry.kind) {
    case 'transaction':
      if (entry.points < 0) return debit(account, entry);
      return openLot(account, entry);
    case 'spend':
      return isCapture(entry) ? capture(account, entry) : spend(account, entry);
    case 'hold':
      return hold(account, entry);
    case 'release':
    case 'spendReversal':
    case 'transactionReversal':
      return give(account, entry);
    case 'lapse':
      return applyLapse(account, entry);
    default:
      return unreachable(entry);
  }
}

// One closure per entry holds everything that its undo needs: this is the hot path of every write.

function openLot(account: Account, entry: TransactionEntry): Undo {
  const { points, timestamp, sequence, availableFrom } = entry;
  const { recordedAt } = account;
  const known = account.payers.get(entry.payer);
  const payer = known ?? new PayerLots(entry.payer);
  if (known === undefined) account.payers.set(entry.payer, payer);
  const isPending = availableFrom !== undefined && availableFrom > entry.recordedAt;
  if (isPending) make(account, { kind: 'give', lot: entry, availableFrom });
  else {
    payer.give(timestamp, sequence, points, endOf(entry));
    account.lotCount += 1;
    count(account, payer, points, points);
  }
  return () => {
    make(account, { kind: 'take', lot: entry, availableFrom: isPending ? availableFrom : null });
    if (known === undefined) account.payers.delete(entry.payer);
    rewind(account, entry.sequence, recordedAt);
  };
}

function debit(account: Account, entry: TransactionEntry): Undo {
  const { points } = entry;
  const { recordedAt } = account;
  const payer = payerOf(account, entry.payer);
  if (payer.balance + points < 0) {
    broken(`entry ${entry.sequence} takes more than ${entry.payer} has`);
  }
  payer.debit(-points);
  count(account, payer, points, 0);
  return () => {
    payer.debit(points);
    count(account, payer, -points, 0);
    rewind(account, entry.sequence, recordedAt);
  };
}

function spend(account: Account, entry: SpendEntry): Undo {
  const { recordedAt } = account;
  takeAll(account, entry.allocations);
  return () => {
    giveAll(account, entry.allocations);
    rewind(account, entry.sequence, recordedAt);
  };
}

function takeAll(account: Account, allocations: readonly Allocation[]): void {
  for (let index = 0; index < allocations.length; index += 1) {
    move(account, allocations[index]!, -1);
  }
}

function giveAll(account: Account, allocations: readonly Allocation[]): void {
  for (let index = allocations.length - 1; index >= 0; index -= 1) {
    move(account, allocations[index]!, 1);
  }
}

/**
 * Takes the points of an allocation that no debit covers (-1), or gives them back (1).
 * @returns the payer.
 */
function move(account: Account, allocation: Allocation, sign: 1 | -1): PayerLots {
  const payer = payerOf(account, allocation.payer);
  const { points, timestamp, sequence } = allocation;
  const lotsBefore = payer.lots.size;
  if (sign < 0) payer.spend(allocation, points);
  else payer.give(timestamp, sequence, points, endOf(allocation));
  account.lotCount += payer.lots.size - lotsBefore;
  count(account, payer, sign * points, sign * points);
  return payer;
}

function hold(account: Account, entry: HoldEntry): Undo {
  const { recordedAt } = account;
  const { allocations } = entry;
  const hold = new OpenHold(entry, allocations);
  // One payer is looked up once for both: most holds are of one lot.
  for (let index = 0; index < allocations.length; index += 1) {
    const lot = allocations[index]!;
    countHeld(account, move(account, lot, -1), lot.points);
  }
  moveHold(account, hold, allocations, 1);
  return () => {
    moveHeld(account, hold, allocations, -1);
    giveAll(account, allocations);
    rewind(account, entry.sequence, recordedAt);
  };
}

/** Applies a capture. Most spend what is held and give nothing back. */
function capture(account: Account, entry: CaptureEntry): Undo {
  if (entry.released.length > 0 || account.holds.lapsed.size > 0) return give(account, entry);
  const { recordedAt } = account;
  const { allocations } = entry;
  const hold = holdAt(account, entry.target);
  moveHeld(account, hold, allocations, -1);
  return () => {
    moveHeld(account, hold, allocations, 1);
    rewind(account, entry.sequence, recordedAt);
  };
}

const noRows: readonly LapseRow[] = [];

function give(account: Account, entry: GivingEntry): Undo {
  const { recordedAt } = account;
  const inverses = makeAll(account, changesOf(account, entry));
  const lapses = 'lapses' in entry ? entry.lapses : noRows;
  const undoRows = lapses.length > 0 ? applyRows(account, lapses) : null;
  return () => {
    undoRows?.();
    for (const inverse of inverses) make(account, inverse);
    rewind(account, entry.sequence, recordedAt);
  };
}

function applyLapse(account: Account, entry: LapseEntry): Undo {
  const { recordedAt } = account;
  const undoRows = applyRows(account, entry.rows);
  return () => {
    undoRows();
    rewind(account, entry.sequence, recordedAt);
  };
}

function rewind(account: Account, sequence: number, recordedAt: number): void {
  account.sequence = sequence - 1;
  account.recordedAt = recordedAt;
}
