import type { Entry as LedgerEntry } from '../../ledger/entry';
import { invariant, unreachable } from '../../ledger/invariant';
import type { Entry } from './entry';
import { Lapse } from './lapse';
import { Spend } from './spend';
import { SpendReversal } from './spend-reversal';
import { Transaction } from './transaction';
import { TransactionReversal } from './transaction-reversal';

export function presentEntry(entry: LedgerEntry): Entry {
  switch (entry.kind) {
    case 'transaction':
      return new Transaction(entry);
    case 'spend':
      return new Spend(entry);
    case 'spendReversal':
      return new SpendReversal(entry);
    case 'transactionReversal':
      return new TransactionReversal(entry);
    case 'lapse':
      return new Lapse(entry);
    default:
      return unreachable(entry);
  }
}

export function presentTransaction(entry: LedgerEntry): Transaction {
  invariant(entry.kind === 'transaction', `entry ${entry.id} is not a transaction`);
  return new Transaction(entry);
}

export function presentSpend(entry: LedgerEntry): Spend {
  invariant(entry.kind === 'spend', `entry ${entry.id} is not a spend`);
  return new Spend(entry);
}

export function presentSpendReversal(entry: LedgerEntry): SpendReversal {
  invariant(entry.kind === 'spendReversal', `entry ${entry.id} is not a reversal of a spend`);
  return new SpendReversal(entry);
}

export function presentTransactionReversal(entry: LedgerEntry): TransactionReversal {
  invariant(
    entry.kind === 'transactionReversal',
    `entry ${entry.id} is not a reversal of a transaction`,
  );
  return new TransactionReversal(entry);
}
