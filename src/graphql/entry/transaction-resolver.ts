import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { readAfterChange } from '../read-after-change';
import { Points } from '../scalars/points';
import type { EntryLoader } from './entry-loader';
import { Transaction } from './transaction';

@Resolver(() => Transaction)
export class TransactionResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Points, {
    description:
      'The points that were reversed so far, by all reversals of this transaction: those taken ' +
      'back of a grant, from its lot or as debits, or those by which a debit was lifted. Never ' +
      'negative. It is current, also on a replay.',
  })
  reversed(
    @Root() { accountId, sequence }: Transaction,
    @Info() info: GraphQLResolveInfo,
  ): Promise<number> {
    return readAfterChange(info, this.entries.reversedOfTransaction(accountId, sequence));
  }
}
