import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Budget } from '../budget';
import { readAfterChange } from '../read-after-change';
import type { ResponseBudget } from '../response-budget';
import { Points } from '../scalars/points';
import type { EntryLoader } from './entry-loader';
import { Hold } from './hold';
import { Spend } from './spend';

@Resolver(() => Spend)
export class SpendResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Points, {
    description:
      'The points that were given back so far, by all reversals of this spend: at most its points. ' +
      'It is current, also on a replay.',
  })
  reversed(
    @Root() { accountId, sequence }: Spend,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<number> {
    return readAfterChange(info, this.entries.reversedOfSpend(budget, accountId, sequence));
  }

  @FieldResolver(() => Hold, {
    nullable: true,
    description: 'The hold that this spend captured; null for any other spend.',
  })
  async hold(
    @Root() { accountId, target }: Spend,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Hold | null> {
    if (target === null) return null;
    return readAfterChange(info, this.entries.hold(budget, accountId, target));
  }
}
