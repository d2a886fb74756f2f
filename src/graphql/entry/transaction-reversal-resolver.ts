import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { readAfterChange } from '../read-after-change';
import type { EntryLoader } from './entry-loader';
import { Transaction } from './transaction';
import { TransactionReversal } from './transaction-reversal';

@Resolver(() => TransactionReversal)
export class TransactionReversalResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Transaction, { description: 'The grant or debit that was reversed.' })
  transaction(
    @Root() reversal: TransactionReversal,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Transaction> {
    return readAfterChange(info, this.entries.transaction(reversal.accountId, reversal.target));
  }
}
