import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Allocation } from './allocation';
import type { EntryLoader } from './entry-loader';
import { Transaction } from './transaction';

@Resolver(() => Allocation)
export class AllocationResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Transaction, { description: 'The transaction that granted the points.' })
  transaction(@Root() allocation: Allocation): Promise<Transaction> {
    return this.entries.transaction(allocation.accountId, allocation.sequence);
  }
}
