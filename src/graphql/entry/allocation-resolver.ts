import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { readAfterChange } from '../read-after-change';
import { Allocation } from './allocation';
import type { EntryLoader } from './entry-loader';
import { Transaction } from './transaction';

@Resolver(() => Allocation)
export class AllocationResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Transaction, { description: 'The transaction that granted the points.' })
  transaction(
    @Root() allocation: Allocation,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Transaction> {
    const transaction = this.entries.transaction(allocation.accountId, allocation.sequence);
    return readAfterChange(info, transaction);
  }
}
