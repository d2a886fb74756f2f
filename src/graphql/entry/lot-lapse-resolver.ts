import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { readAfterChange } from '../read-after-change';
import type { EntryLoader } from './entry-loader';
import { LotLapse } from './lot-lapse';
import { Transaction } from './transaction';

@Resolver(() => LotLapse)
export class LotLapseResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Transaction, { description: 'The transaction that granted the points.' })
  transaction(@Root() lapse: LotLapse, @Info() info: GraphQLResolveInfo): Promise<Transaction> {
    return readAfterChange(info, this.entries.transaction(lapse.accountId, lapse.sequence));
  }
}
