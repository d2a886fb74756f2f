import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Budget } from '../budget';
import { readAfterChange } from '../read-after-change';
import type { ResponseBudget } from '../response-budget';
import type { EntryLoader } from './entry-loader';
import { Hold } from './hold';
import { Release } from './release';

@Resolver(() => Release)
export class ReleaseResolver {
  constructor(private readonly entries: EntryLoader) {}

  /** Nullable as the field of a spend is: documents select both side by side. */
  @FieldResolver(() => Hold, {
    nullable: true,
    description: 'The hold that was released. Never null.',
  })
  hold(
    @Root() { accountId, target }: Release,
    @Budget() budget: ResponseBudget,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Hold> {
    return readAfterChange(info, this.entries.hold(budget, accountId, target));
  }
}
