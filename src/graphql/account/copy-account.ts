import type { GraphQLError } from 'graphql';
import { readLotCursor } from '../../ids/cursor';
import type { Account as LedgerAccount } from '../../ledger/account';
import type { PayerPoints } from '../../ledger/entry';
import { type LotPage, lotPage } from '../../ledger/lot-page';
import type { AnswerBudget } from '../answer-budget';
import { type PageArgs, readPageArgs } from '../page/page-args';
import { keepFault } from '../user-fault';
import { Account } from './account';
import type { AccountSelection } from './account-selection';

/**
 * Makes the view of a job: copies what a document asks for, and no more, while the account stands
 * still. Costs O(P) only for balances, and O((page + P) log n) for each page of lots. What is at
 * fault or has no room is kept as an error and answered at its field.
 */
export function copyAccount(
  selection: AccountSelection,
  budget: AnswerBudget,
): (account: LedgerAccount | null) => Account | null {
  return (account) => {
    if (account === null || !selection.selected) return null;
    const lots = new Map<string, LotPage | GraphQLError>();
    for (const [key, args] of selection.lots) {
      lots.set(
        key,
        keepFault(() => copyLots(account, args, budget)),
      );
    }
    return new Account(account.id, {
      sequence: account.sequence,
      points: account.points,
      balances: selection.balances ? keepFault(() => copyBalances(account, budget)) : null,
      lots,
    });
  };
}

export function copyBalances(account: LedgerAccount, budget: AnswerBudget): PayerPoints[] {
  budget.hold(account.payers.size);
  return account.balances();
}

/** A page is looked for in the lots of every payer, so they count as its rows do. */
function copyLots(account: LedgerAccount, args: PageArgs, budget: AnswerBudget): LotPage {
  const page = readPageArgs(args, (cursor) => readLotCursor(account.id, cursor));
  budget.hold(page.limit + account.order.payers.length);
  return lotPage(account, page);
}
