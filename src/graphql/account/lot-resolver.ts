import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { EntryLoader } from '../entry/entry-loader';
import { Transaction } from '../entry/transaction';
import { Lot } from './lot';

@Resolver(() => Lot)
export class LotResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Transaction, { description: 'The transaction that granted the points.' })
  transaction(@Root() lot: Lot): Promise<Transaction> {
    return this.entries.transaction(lot.accountId, lot.key.sequence);
  }
}
