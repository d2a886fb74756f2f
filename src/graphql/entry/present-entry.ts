import type { Entry as LedgerEntry } from '../../ledger/entry';
import { broken, invariant } from '../../ledger/invariant';
import { Spend } from './spend';
import { Transaction } from './transaction';

export function presentEntry(entry: LedgerEntry): Transaction | Spend {
  switch (entry.kind) {
    case 'transaction':
      return new Transaction(entry);
    case 'spend':
      return new Spend(entry);
    default:
      return broken(`the API does not offer entries of kind ${entry.kind} yet`);
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
