import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import {
  expiryCursor,
  historyCursor,
  lotCursor,
  pendingLotCursor,
  readHistoryCursor,
} from '../../ids/cursor';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { Budget } from '../budget';
import { EntryConnection } from '../entry/entry-connection';
import { presentEntry } from '../entry/present-entry';
import { readEntries } from '../entry/read-entries';
import { historyRange } from '../page/history-page';
import { PageArgs, readPageArgs } from '../page/page-args';
import { readAfterChange } from '../read-after-change';
import type { ResponseBudget } from '../response-budget';
import { DateTime } from '../scalars/date-time';
import { ID } from '../scalars/id';
import { Account } from './account';
import { accountIdDescription, defaultAccountId } from './account-arg';
import { accountSelection, expiriesKey, pageKey } from './account-selection';
import { copyAccount } from './copy-account';
import { ExpiriesArgs } from './expiries-args';
import { Expiry } from './expiry';
import { ExpiryConnection } from './expiry-connection';
import { Lot, pendingLot } from './lot';
import { LotConnection } from './lot-connection';
import { PayerBalance } from './payer-balance';
import { atDescription, readAt } from './read-at';

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
    // The schema lists arguments from the last to the first.
    @Arg('at', () => DateTime, { nullable: true, description: atDescription })
    at: number | null,
    @Arg('id', () => ID, { defaultValue: defaultAccountId, description: accountIdDescription })
    accountId: string,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Account | null> {
    const view = copyAccount(accountSelection(info, []), budget);
    const [result] = await this.service.run([{ ...readAt(accountId, at), view }]);
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
      'listed. So is one with only pending points.',
  })
  async balances(
    @Root() { balances }: Account,
    @Budget() budget: ResponseBudget,
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
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<LotConnection> {
    const { lots, hasPrevious, hasNext } = account.lotPage(pageKey(args));
    budget.charge(lots.length, info);
    const nodes = lots.map((lot) => new Lot(account.id, lot));
    return new LotConnection({ nodes, hasPrevious, hasNext }, (lot) =>
      lotCursor(account.id, lot.key),
    );
  }

  @FieldResolver(() => ExpiryConnection, {
    description:
      'What expires if nobody does anything: points that no debit covers now, by instant, then by ' +
      'timestamp and sequence. Pending points are not listed before they begin.',
  })
  async expiries(
    @Root() account: Account,
    @Args(() => ExpiriesArgs) args: ExpiriesArgs,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ExpiryConnection> {
    const { items, ...sides } = account.expiryPage(expiriesKey(args));
    budget.charge(items.length, info);
    const nodes = items.map((expiry) => new Expiry(account.id, expiry));
    return new ExpiryConnection({ nodes, ...sides }, ({ key }) => expiryCursor(account.id, key));
  }

  @FieldResolver(() => LotConnection, {
    description:
      'Lots whose points begin later, the next to begin first, then by sequence. Their points ' +
      'are in no balance before.',
  })
  async pendingLots(
    @Root() account: Account,
    @Args(() => PageArgs) args: PageArgs,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<LotConnection> {
    const { items, ...sides } = account.pendingPage(pageKey(args));
    budget.charge(items.length, info);
    const nodes = items.map((lot) => pendingLot(account.id, lot));
    return new LotConnection({ nodes, ...sides }, ({ key }) => pendingLotCursor(account.id, key));
  }

  /** Reads entries up to the sequence of the copied state; these never change. */
  @FieldResolver(() => EntryConnection, {
    description: 'Everything accepted for this account, the highest sequence first.',
  })
  async history(
    @Root() account: Account,
    @Args(() => PageArgs) args: PageArgs,
    @Budget() budget: ResponseBudget,
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
