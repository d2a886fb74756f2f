import type { GraphQLResolveInfo } from 'graphql';
import { Args, Info, Query, Resolver } from 'type-graphql';
import type { Principal } from '../../auth/principal';
import { accountCursor, readAccountCursor } from '../../ids/cursor';
import { invariant } from '../../ledger/invariant';
import type { LedgerService } from '../../service/ledger-service';
import { Sender } from '../access/principal-of';
import { Access, type RootRule } from '../access/rule';
import { Budget } from '../budget';
import type { Page } from '../page/connection';
import { type PageRequest, readPageArgs } from '../page/page-args';
import type { ResponseBudget } from '../response-budget';
import type { Selected } from '../selection';
import { Account } from './account';
import { AccountConnection } from './account-connection';
import { type AccountSelection, accountSelection } from './account-selection';
import { AccountsArgs, readPrefix } from './accounts-args';
import { copyAccount } from './copy-account';

/** Listing needs points:admin, and what else is selected of the accounts needs points:read. */
const listRule: RootRule = {
  kind: 'root',
  scopes: ['points:admin'],
  scopesOf: (info) => (selectionOf(info).beyondId ? ['points:read'] : []),
  accounts: accountsOfCursors,
  lists: true,
};

@Resolver()
export class AccountsResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(listRule)
  @Query(() => AccountConnection, {
    description: 'All accounts that have an accepted change, ordered by id (by code points).',
  })
  async accounts(
    @Args(() => AccountsArgs) args: AccountsArgs,
    @Budget() budget: ResponseBudget,
    @Sender() sender: Principal | null,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccountConnection> {
    const page = readPageArgs(args, readAccountCursor);
    const startsWith = prefixWithin(sender, readPrefix(args));
    const ids = startsWith === null ? noAccounts : await this.#readIds(page, startsWith);
    budget.charge(ids.nodes.length, info);
    const nodes = await this.#readAccounts(ids.nodes, selectionOf(info), budget);
    return new AccountConnection({ ...ids, nodes }, (account) => accountCursor(account.id));
  }

  /**
   * Reads one id more than the page holds. Accounts are never deleted, so beyond a cursor there is
   * at least the account of the cursor.
   */
  async #readIds(
    { from, limit, after, before }: PageRequest<string>,
    startsWith: string,
  ): Promise<Page<string>> {
    const order = from === 'start' ? 'ascending' : 'descending';
    const range = { after, before, startsWith, order, limit: limit + 1 } as const;
    const ids = await this.service.accounts(range);
    const more = ids.length > limit;
    const nodes = ids.slice(0, limit);
    const isListed = (cursor: string | null) => cursor?.startsWith(startsWith) === true;
    if (from === 'start')
      return { nodes, hasPrevious: isListed(after), hasNext: more || isListed(before) };
    return {
      nodes: nodes.reverse(),
      hasPrevious: more || isListed(after),
      hasNext: isListed(before),
    };
  }

  async #readAccounts(
    ids: readonly string[],
    selection: AccountSelection,
    budget: ResponseBudget,
  ): Promise<Account[]> {
    if (!selection.beyondId) return ids.map((id) => new Account(id, null));
    const view = copyAccount(selection, budget);
    const jobs = ids.map((accountId) => ({ accountId, commands: [], view }));
    const results = await this.service.run(jobs);
    return results.map((result) => {
      invariant(result.view !== null, 'a listed account is unknown');
      return result.view;
    });
  }
}

function selectionOf(info: Selected): AccountSelection {
  return accountSelection(info, ['nodes'], ['edges', 'node']);
}

/** Yields the accounts of cursors, which are checked as ids are. */
function* accountsOfCursors({ after, before }: AccountsArgs): Generator<string | null> {
  for (const cursor of [after, before]) {
    if (cursor == null) continue;
    const account = readAccountCursor(cursor);
    yield typeof account === 'string' ? account : null;
  }
}

const noAccounts: Page<string> = { nodes: [], hasPrevious: false, hasNext: false };

/** Returns the longer of the text and the prefix of the binding; null if no id starts with both. */
function prefixWithin(sender: Principal | null, startsWith: string): string | null {
  if (sender?.binding?.kind !== 'prefix') return startsWith;
  const { prefix } = sender.binding;
  if (startsWith.startsWith(prefix)) return startsWith;
  return prefix.startsWith(startsWith) ? prefix : null;
}
