import type { GraphQLError } from 'graphql';
import {
  readExpiryCursor,
  readHoldCursor,
  readLotCursor,
  readPendingLotCursor,
} from '../../ids/cursor';
import type { Account as LedgerAccount, PayerStanding } from '../../ledger/account';
import { expiryPage } from '../../ledger/expiry-page';
import type { Expiry } from '../../ledger/expiry-walk';
import { holdPage } from '../../ledger/hold-page';
import { type LotPage, lotPage } from '../../ledger/lot-page';
import type { PendingLot } from '../../ledger/pending-lots';
import { pendingPage } from '../../ledger/pending-page';
import type { WalkedPage } from '../../ledger/walked-page';
import { errorAsValue } from '../bad-user-input';
import { type PageArgs, readPageArgs } from '../page/page-args';
import type { ResponseBudget } from '../response-budget';
import { Account, type CopiedPages, type HeldPoints } from './account';
import { type AccountSelection, noPages } from './account-selection';
import type { ExpiriesArgs } from './expiries-args';

/**
 * Returns the view of a job, which copies only what a document selects, synchronously, so that the
 * copy is one state. Costs O(P) for balances and O((page + P) log n) for each page of lots. Wrong
 * arguments and parts that exceed the budget become errors, which their fields throw later.
 */
export function copyAccount(
  selection: AccountSelection,
  budget: ResponseBudget,
): (account: LedgerAccount | null) => Account | null {
  return (account) => {
    if (account === null || !selection.selected) return null;
    const { sequence, points, pending, held } = account;
    return new Account(account.id, {
      sequence,
      points,
      pending: pending.points,
      held,
      balances: selection.balances ? errorAsValue(() => copyBalances(account, budget)) : null,
      lots: copyPages(selection.lots, (args) => copyLots(account, args, budget)),
      pendingLots: copyPages(selection.pendingLots, (args) => copyPending(account, args, budget)),
      expiries: copyPages(selection.expiries, (args) => copyExpiries(account, args, budget)),
      holds: copyPages(selection.holds, (args) => copyHolds(account, args, budget)),
    });
  };
}

export function copyBalances(account: LedgerAccount, budget: ResponseBudget): PayerStanding[] {
  budget.hold(account.payers.size);
  return account.standings();
}

function copyPages<Args, Page>(
  pages: ReadonlyMap<string, Args>,
  copy: (args: Args) => Page,
): CopiedPages<Page> {
  if (pages.size === 0) return noPages;
  const copied = new Map<string, Page | GraphQLError>();
  for (const [key, args] of pages) {
    copied.set(
      key,
      errorAsValue(() => copy(args)),
    );
  }
  return copied;
}

/** Copies a page of lots. All payers are searched for it, so they count as rows too. */
function copyLots(account: LedgerAccount, args: PageArgs, budget: ResponseBudget): LotPage {
  const page = readPageArgs(args, (cursor) => readLotCursor(account.id, cursor));
  budget.hold(page.limit + account.order.items.length);
  return lotPage(account, page);
}

function copyPending(
  account: LedgerAccount,
  args: PageArgs,
  budget: ResponseBudget,
): WalkedPage<PendingLot> {
  const page = readPageArgs(args, (cursor) => readPendingLotCursor(account.id, cursor));
  budget.hold(page.limit);
  const { items, ...sides } = pendingPage(account, page);
  // The account changes its own lots.
  return { items: items.map((lot) => ({ ...lot })), ...sides };
}

/**
 * Copies a page of expiries. If lots expire in another order than they were earned in, many nodes
 * of lots are opened.
 */
function copyExpiries(
  account: LedgerAccount,
  args: ExpiriesArgs,
  budget: ResponseBudget,
): WalkedPage<Expiry> {
  const page = readPageArgs(args, (cursor) => readExpiryCursor(account.id, cursor));
  budget.hold(page.limit + account.expiries.items.length);
  const { until = null } = args;
  return budget.take(
    () => expiryPage(account, { ...page, until }),
    ({ opened }) => opened,
  );
}

/** Copies a page of holds. All open ones are put in order for it. */
function copyHolds(
  account: LedgerAccount,
  args: PageArgs,
  budget: ResponseBudget,
): WalkedPage<HeldPoints> {
  const page = readPageArgs(args, (cursor) => readHoldCursor(account.id, cursor));
  budget.hold(page.limit + account.holds.size);
  const { items, ...sides } = holdPage(account, page);
  return { items: items.map(({ sequence, held }) => ({ sequence, held })), ...sides };
}
