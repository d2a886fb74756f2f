import type { Entry as LedgerEntry } from '../../ledger/entry';
import { invariant, unreachable } from '../../ledger/invariant';
import type { Entry } from './entry';
import { Hold } from './hold';
import { Lapse } from './lapse';
import { Release } from './release';
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
    case 'hold':
      return new Hold(entry);
    case 'release':
      return new Release(entry);
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

export function presentHold(entry: LedgerEntry): Hold {
  invariant(entry.kind === 'hold', `entry ${entry.id} is not a hold`);
  return new Hold(entry);
}

export function presentRelease(entry: LedgerEntry): Release {
  invariant(entry.kind === 'release', `entry ${entry.id} is not a release`);
  return new Release(entry);
}
