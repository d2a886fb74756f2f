import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { EntryLoader } from '../entry/entry-loader';
import { Transaction } from '../entry/transaction';
import { readAfterChange } from '../read-after-change';
import { Expiry } from './expiry';

@Resolver(() => Expiry)
export class ExpiryResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Transaction, { description: 'The transaction that granted the points.' })
  transaction(@Root() expiry: Expiry, @Info() info: GraphQLResolveInfo): Promise<Transaction> {
    const transaction = this.entries.transaction(expiry.accountId, expiry.key.sequence);
    return readAfterChange(info, transaction);
  }
}
