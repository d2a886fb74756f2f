import type { Account as LedgerAccount } from '../../ledger/account';
import type { AccountView } from '../../service/feed/follow';
import type { Account } from '../account/account';
import type { AccountSelection } from '../account/account-selection';
import { copyAccount } from '../account/copy-account';
import { pageDefault } from '../page/page-args';
import type { ResponseBudget } from '../response-budget';

/**
 * Returns what is copied of the account for each change; null if the document selects only its id.
 * Each copy has a budget of its own.
 */
export function accountView(
  selection: AccountSelection,
  budget: ResponseBudget,
): AccountView<Account | null> | null {
  if (!selection.beyondId) return null;
  const { lots, pendingLots, expiries, holds, balances } = selection;
  const searched = [...lots.values(), ...expiries.values()];
  const pages = [...searched, ...pendingLots.values(), ...holds.values()];
  const pageRows = pages.reduce((sum, { first, last }) => sum + (first ?? last ?? pageDefault), 0);
  return {
    key: JSON.stringify([balances, ...[lots, pendingLots, expiries, holds].map(sortedKeys)]),
    copy: (account: LedgerAccount) => copyAccount(selection, budget.fresh())(account),
    // The lots of every payer are searched for a page.
    rowsOf: ({ payers }) => payers.size * (searched.length + (balances ? 1 : 0)) + pageRows + 1,
  };
}

function sortedKeys(pages: ReadonlyMap<string, unknown>): string[] {
  return [...pages.keys()].sort();
}
