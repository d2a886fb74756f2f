import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Budget } from '../budget';
import { readAfterChange } from '../read-after-change';
import type { ResponseBudget } from '../response-budget';
import { EndedHold } from './ended-hold';
import type { EntryLoader } from './entry-loader';
import { Hold } from './hold';

@Resolver(() => EndedHold)
export class EndedHoldResolver {
  constructor(private readonly entries: EntryLoader) {}

  @FieldResolver(() => Hold, { description: 'The hold that ended.' })
  hold(
    @Root() { accountId, target }: EndedHold,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Hold> {
    return readAfterChange(info, this.entries.hold(budget, accountId, target));
  }
}
