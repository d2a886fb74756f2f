import { GraphQLError } from 'graphql';
import type { Account as LedgerAccount } from '../../ledger/account';
import { type LotPage, lotPage } from '../../ledger/lot-page';
import { readLotCursor } from '../page/cursor';
import { type PageArgs, readPageArgs } from '../page/page-args';
import { Account } from './account';
import type { AccountSelection } from './account-selection';

/**
 * Makes the view of a job: copies what a document asks for, and no more, while the account stands
 * still. Costs O(P) only for balances, and O((page + P) log n) for each page of lots.
 */
export function copyAccount(
  selection: AccountSelection,
): (account: LedgerAccount | null) => Account | null {
  return (account) => {
    if (account === null || !selection.selected) return null;
    const lots = new Map<string, LotPage | GraphQLError>();
    for (const [key, args] of selection.lots) lots.set(key, copyLots(account, args));
    return new Account(account.id, {
      sequence: account.sequence,
      points: account.points,
      balances: selection.balances ? account.balances() : null,
      lots,
    });
  };
}

/**
 * Page arguments at fault are kept and answered at their field: they must not spoil the change
 * beside them.
 */
function copyLots(account: LedgerAccount, args: PageArgs): LotPage | GraphQLError {
  try {
    const read = (cursor: string, argument: string) => readLotCursor(account.id, cursor, argument);
    return lotPage(account, readPageArgs(args, read));
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
