import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { readAfterChange } from '../read-after-change';
import { Begun } from './begun';
import type { EntryLoader } from './entry-loader';
import { Transaction } from './transaction';

@Resolver(() => Begun)
export class BegunResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Transaction, { description: 'The transaction that granted the points.' })
  transaction(@Root() begun: Begun, @Info() info: GraphQLResolveInfo): Promise<Transaction> {
    return readAfterChange(info, this.entries.transaction(begun.accountId, begun.sequence));
  }
}
