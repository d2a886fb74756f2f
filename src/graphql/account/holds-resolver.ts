import type { GraphQLResolveInfo } from 'graphql';
import { Args, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { holdCursor } from '../../ids/cursor';
import { Budget } from '../budget';
import type { EntryLoader } from '../entry/entry-loader';
import { PageArgs } from '../page/page-args';
import { readAfterChange } from '../read-after-change';
import type { ResponseBudget } from '../response-budget';
import { Account } from './account';
import { pageKey } from './account-selection';
import { HoldConnection } from './hold-connection';

@Resolver(() => Account)
export class HoldsResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => HoldConnection, {
    description:
      'Holds that still have points, the next to end first, then by sequence: at most 1,000.',
  })
  async holds(
    @Root() account: Account,
    @Args(() => PageArgs) args: PageArgs,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<HoldConnection> {
    const { items, ...sides } = account.holdPage(pageKey(args));
    budget.charge(items.length, info);
    const reads = items.map(async ({ sequence, held }) => {
      const hold = await this.entries.hold(budget, account.id, sequence);
      return hold.inState({ held, newest: null });
    });
    const nodes = await readAfterChange(info, Promise.all(reads));
    return new HoldConnection({ nodes, ...sides }, ({ expiresAt, sequence }) =>
      holdCursor(account.id, { timestamp: expiresAt, sequence }),
    );
  }
}
