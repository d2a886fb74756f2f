import type { GraphQLResolveInfo } from 'graphql';
import { Args, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { historyCursor, readHistoryCursor } from '../../ids/cursor';
import { sequenceMax } from '../../ledger/decide';
import type { LedgerService } from '../../service/ledger-service';
import { Budget } from '../budget';
import type { Page } from '../page/connection';
import { PageArgs, type PageRequest, readPageArgs } from '../page/page-args';
import { readAfterChange } from '../read-after-change';
import type { ResponseBudget } from '../response-budget';
import { Entry } from './entry';
import { EntryConnection } from './entry-connection';
import { presentEntry } from './present-entry';
import { readEntries } from './read-entries';

/** Leads from an entry to those that name it, as each of them leads to what it names. */
@Resolver(() => Entry)
export class NamingResolver {
  constructor(private readonly service: LedgerService) {}

  @FieldResolver(() => EntryConnection, {
    description:
      'The entries that name this one: the reversals of a spend or transaction, the captures and ' +
      'the release of a hold, and whatever recorded that points of a grant began or expired or ' +
      'that a hold ended. Empty for other kinds of entries. It is current, also on a replay.',
  })
  async namedBy(
    @Root() { accountId, sequence }: Entry,
    @Args(() => PageArgs) args: PageArgs,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntryConnection> {
    const page = readPageArgs(args, (cursor) => readHistoryCursor(accountId, cursor));
    budget.charge(page.limit, info);
    const range = { accountId, naming: sequence, ...rangeOf(page, sequence) };
    const entries = await readEntries(budget, () =>
      readAfterChange(info, this.service.entries(range)),
    );
    return new EntryConnection(pageOf(page, entries.map(presentEntry)), (entry) =>
      historyCursor(accountId, entry.sequence),
    );
  }
}

/** One entry more than the page holds is read. An entry is named only by later ones. */
function rangeOf({ from, limit, after, before }: PageRequest<number>, sequence: number) {
  return {
    from: Math.max(sequence, before ?? 0) + 1,
    to: (after ?? sequenceMax + 1) - 1,
    order: from === 'start' ? ('descending' as const) : ('ascending' as const),
    limit: limit + 1,
  };
}

/** Beyond a cursor there is at least the entry of the cursor. */
function pageOf(
  { from, limit, after, before }: PageRequest<number>,
  found: readonly Entry[],
): Page<Entry> {
  const more = found.length > limit;
  const nodes = found.slice(0, limit);
  if (from === 'start')
    return { nodes, hasPrevious: after !== null, hasNext: more || before !== null };
  return {
    nodes: nodes.reverse(),
    hasPrevious: more || after !== null,
    hasNext: before !== null,
  };
}
