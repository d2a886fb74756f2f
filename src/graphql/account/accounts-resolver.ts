import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import { accountCursor, readAccountCursor } from '../../ids/cursor';
import { invariant } from '../../ledger/invariant';
import type { LedgerService } from '../../service/ledger-service';
import type { AnswerBudget } from '../answer-budget';
import type { LedgerContext } from '../context';
import type { Page } from '../page/connection';
import { type PageRequest, readPageArgs } from '../page/page-args';
import { Account } from './account';
import { AccountConnection } from './account-connection';
import { type AccountSelection, accountSelection } from './account-selection';
import { AccountsArgs, readPrefix } from './accounts-args';
import { copyAccount } from './copy-account';

@Resolver()
export class AccountsResolver {
  constructor(private readonly service: LedgerService) {}

  @Query(() => AccountConnection, {
    description: 'All accounts of which a change was accepted, by id in the order of code points.',
  })
  async accounts(
    @Args(() => AccountsArgs) args: AccountsArgs,
    @Ctx() { budget }: LedgerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccountConnection> {
    const ids = await this.#readIds(readPageArgs(args, readAccountCursor), readPrefix(args));
    budget.charge(ids.nodes.length, info);
    const selection = accountSelection(info, ['nodes'], ['edges', 'node']);
    const nodes = await this.#readAccounts(ids.nodes, selection, budget);
    return new AccountConnection({ ...ids, nodes }, (account) => accountCursor(account.id));
  }

  /**
   * Asks for one more than the page holds. Accounts never go away, so beyond a bound there is at
   * least the account whose cursor it is.
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
    budget: AnswerBudget,
  ): Promise<Account[]> {
    if (!selection.beyondId) return ids.map((id) => new Account(id, null));
    const view = copyAccount(selection, budget);
    const jobs = ids.map((accountId) => ({ accountId, commands: [], view }));
    const results = await this.service.run(jobs);
    return results.map((result) => {
      invariant(result.view !== null, 'an account that is listed is unknown');
      return result.view;
    });
  }
}
