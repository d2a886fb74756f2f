import type { GraphQLError } from 'graphql';
import { readLotCursor } from '../../ids/cursor';
import type { Account as LedgerAccount } from '../../ledger/account';
import type { PayerPoints } from '../../ledger/entry';
import { type LotPage, lotPage } from '../../ledger/lot-page';
import type { AnswerBudget } from '../answer-budget';
import { errorAsValue } from '../bad-user-input';
import { type PageArgs, readPageArgs } from '../page/page-args';
import { Account } from './account';
import type { AccountSelection } from './account-selection';

/**
 * Returns the view of a job, which copies only what a document selects, synchronously, so that the
 * copy is one state. Costs O(P) for balances and O((page + P) log n) for each page of lots. Wrong
 * arguments and parts that exceed the budget become errors, which their fields throw later.
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
        errorAsValue(() => copyLots(account, args, budget)),
      );
    }
    return new Account(account.id, {
      sequence: account.sequence,
      points: account.points,
      balances: selection.balances ? errorAsValue(() => copyBalances(account, budget)) : null,
      lots,
    });
  };
}

export function copyBalances(account: LedgerAccount, budget: AnswerBudget): PayerPoints[] {
  budget.hold(account.payers.size);
  return account.balances();
}

/** The lots of every payer are searched for a page, so payers count as rows too. */
function copyLots(account: LedgerAccount, args: PageArgs, budget: AnswerBudget): LotPage {
  const page = readPageArgs(args, (cursor) => readLotCursor(account.id, cursor));
  budget.hold(page.limit + account.order.items.length);
  return lotPage(account, page);
}
