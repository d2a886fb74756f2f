import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Budget } from '../budget';
import { readAfterChange } from '../read-after-change';
import type { ResponseBudget } from '../response-budget';
import type { EntryLoader } from './entry-loader';
import { Spend } from './spend';
import { SpendReversal } from './spend-reversal';

@Resolver(() => SpendReversal)
export class SpendReversalResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Spend, { description: 'The spend that was reversed.' })
  spend(
    @Root() { accountId, target }: SpendReversal,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Spend> {
    return readAfterChange(info, this.entries.spend(budget, accountId, target));
  }
}
