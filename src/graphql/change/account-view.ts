import type { Account as LedgerAccount } from '../../ledger/account';
import type { AccountView } from '../../service/feed/follow';
import type { Account } from '../account/account';
import type { AccountSelection } from '../account/account-selection';
import { copyAccount } from '../account/copy-account';
import type { AnswerBudget } from '../answer-budget';
import { pageDefault } from '../page/page-args';

/**
 * What is copied of the account for each change; null where the document asks for no more than its
 * id. Each copy has the room of an answer of its own.
 */
export function accountView(
  selection: AccountSelection,
  budget: AnswerBudget,
): AccountView<Account | null> | null {
  if (!selection.beyondId) return null;
  const pages = [...selection.lots.values()];
  const pageRows = pages.reduce((sum, { first, last }) => sum + (first ?? last ?? pageDefault), 0);
  return {
    key: JSON.stringify([selection.balances, ...[...selection.lots.keys()].sort()]),
    copy: (account: LedgerAccount) => copyAccount(selection, budget.fresh())(account),
    // A page is looked for in the lots of every payer.
    rowsOf: ({ payers }) =>
      payers.size * (pages.length + (selection.balances ? 1 : 0)) + pageRows + 1,
  };
}
