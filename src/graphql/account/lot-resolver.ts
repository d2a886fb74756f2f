import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { EntryLoader } from '../entry/entry-loader';
import { Transaction } from '../entry/transaction';
import { readAfterChange } from '../read-after-change';
import { Lot } from './lot';

@Resolver(() => Lot)
export class LotResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Transaction, { description: 'The transaction that granted the points.' })
  transaction(@Root() lot: Lot, @Info() info: GraphQLResolveInfo): Promise<Transaction> {
    const transaction = this.entries.transaction(lot.accountId, lot.key.sequence);
    return readAfterChange(info, transaction);
  }
}
