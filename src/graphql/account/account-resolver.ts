import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { historyCursor, lotCursor, readHistoryCursor } from '../../ids/cursor';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import type { AnswerBudget } from '../answer-budget';
import { Budget } from '../budget';
import { EntryConnection } from '../entry/entry-connection';
import { presentEntry } from '../entry/present-entry';
import { readEntries } from '../entry/read-entries';
import { historyRange } from '../page/history-page';
import { PageArgs, readPageArgs } from '../page/page-args';
import { readAfterChange } from '../read-after-change';
import { ID } from '../scalars/id';
import { Account } from './account';
import { accountIdDescription, defaultAccountId } from './account-arg';
import { accountSelection, pageKey } from './account-selection';
import { copyAccount } from './copy-account';
import { Lot } from './lot';
import { LotConnection } from './lot-connection';
import { PayerBalance } from './payer-balance';

@Resolver(() => Account)
export class AccountResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:read', ({ id }: { id: string }) => [id]))
  @Query(() => Account, {
    nullable: true,
    description:
      'An account; null until it has an accepted change, also for an id that is never valid.',
  })
  async account(
    @Arg('id', () => ID, { defaultValue: defaultAccountId, description: accountIdDescription })
    accountId: string,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Account | null> {
    const view = copyAccount(accountSelection(info, []), budget);
    const [result] = await this.service.run([{ accountId, commands: [], view }]);
    return result?.view ?? null;
  }

  /**
   * Asynchronous, as whatever may throw below a list has to be: if an item of a list throws at
   * once, graphql-js drops the promises of the items before it, and a rejection of one ends the
   * process.
   */
  @FieldResolver(() => [PayerBalance], {
    description:
      'Points per payer, in the order in which the payers first appeared; a payer at zero stays ' +
      'listed.',
  })
  async balances(
    @Root() { balances }: Account,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly PayerBalance[]> {
    budget.charge(balances.length, info);
    return balances;
  }

  @FieldResolver(() => LotConnection, {
    description:
      'Lots with points that are neither spent nor taken back, the next to be spent first.',
  })
  async lots(
    @Root() account: Account,
    @Args(() => PageArgs) args: PageArgs,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<LotConnection> {
    const { lots, hasPrevious, hasNext } = account.lotPage(pageKey(args));
    budget.charge(lots.length, info);
    const nodes = lots.map((lot) => new Lot(account.id, lot));
    return new LotConnection({ nodes, hasPrevious, hasNext }, (lot) =>
      lotCursor(account.id, lot.key),
    );
  }

  /** Reads entries up to the sequence of the copied state; these never change. */
  @FieldResolver(() => EntryConnection, {
    description: 'Everything accepted for this account, the highest sequence first.',
  })
  async history(
    @Root() account: Account,
    @Args(() => PageArgs) args: PageArgs,
    @Budget() budget: AnswerBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntryConnection> {
    const accountId = account.id;
    const page = readPageArgs(args, (cursor) => readHistoryCursor(accountId, cursor));
    const { from, to, hasPrevious, hasNext } = historyRange(page, account.sequence);
    const limit = to - from + 1;
    budget.charge(limit, info);
    const range = { accountId, from, to, order: 'descending', limit } as const;
    const read = () => readAfterChange(info, this.service.entries(range));
    const entries = limit > 0 ? await readEntries(budget, read) : [];
    const nodes = entries.map(presentEntry);
    return new EntryConnection({ nodes, hasPrevious, hasNext }, (entry) =>
      historyCursor(accountId, entry.sequence),
    );
  }
}
