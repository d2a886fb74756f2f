import type { Account } from './account';
import type { Allocation, Entry, SpendEntry, TransactionEntry } from './entry';
import { broken, unreachable } from './invariant';
import { PayerLots } from './payer-lots';

/** Undoes one `evolve`. Undos are called in the reverse order of their evolves. */
export type Undo = () => void;

/**
 * Applies an accepted entry to the account, in place. An add or a debit costs O(log n + log P), a
 * spend of k lots O(k (log n + log P)).
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
      return entry.points > 0 ? openLot(account, entry) : debit(account, entry);
    case 'spend':
      return spend(account, entry);
    default:
      return unreachable(entry);
  }
}

// One closure per entry holds everything that its undo needs: this is the hot path of every write.

function openLot(account: Account, entry: TransactionEntry): Undo {
  const { points, timestamp, sequence } = entry;
  const { recordedAt } = account;
  const known = account.payers.get(entry.payer);
  const payer = known ?? new PayerLots(entry.payer);
  if (known === undefined) account.payers.set(entry.payer, payer);
  payer.open(timestamp, sequence, points);
  account.lotCount += 1;
  count(account, payer, points, points);
  return () => {
    payer.close(entry, points);
    account.lotCount -= 1;
    count(account, payer, -points, -points);
    if (known === undefined) account.payers.delete(entry.payer);
    rewind(account, entry, recordedAt);
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
    rewind(account, entry, recordedAt);
  };
}

function spend(account: Account, entry: SpendEntry): Undo {
  const { recordedAt } = account;
  for (const allocation of entry.allocations) move(account, allocation, -1);
  return () => {
    for (let index = entry.allocations.length - 1; index >= 0; index -= 1) {
      move(account, entry.allocations[index]!, 1);
    }
    rewind(account, entry, recordedAt);
  };
}

function rewind(account: Account, entry: Entry, recordedAt: number): void {
  account.sequence = entry.sequence - 1;
  account.recordedAt = recordedAt;
}

/** Takes the points of an allocation from its lot (-1), or gives them back (1). */
function move(account: Account, allocation: Allocation, sign: 1 | -1): void {
  const payer = payerOf(account, allocation.payer);
  const { points } = allocation;
  const lotsBefore = payer.lots.size;
  if (sign < 0) payer.spend(allocation, points);
  else payer.restore(allocation, points);
  account.lotCount += payer.lots.size - lotsBefore;
  count(account, payer, sign * points, sign * points);
}

/** Updates the account's sums and the order of its payers after a change of one payer. */
function count(account: Account, payer: PayerLots, points: number, openPoints: number): void {
  account.points += points;
  account.openPoints += openPoints;
  account.order.update(payer);
}

function payerOf(account: Account, name: string): PayerLots {
  const payer = account.payers.get(name);
  if (payer === undefined) broken(`account ${account.id} has no payer ${name}`);
  return payer;
}
