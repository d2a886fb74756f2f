import type { GraphQLResolveInfo } from 'graphql';
import { FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { holdStatus } from '../../ledger/hold-status';
import type { HoldLoader } from '../hold/hold-loader';
import type { HoldState } from '../hold/hold-state';
import { HoldStatus } from '../hold/hold-status';
import { readAfterChange } from '../read-after-change';
import { Points } from '../scalars/points';
import { Hold } from './hold';

@Resolver(() => Hold)
export class HoldResolver {
  constructor(private readonly holds: HoldLoader) {}

  @FieldResolver(() => Points, {
    description:
      'The points that it still holds; 0 once it is over. It is current, also on a replay.',
  })
  async held(@Root() hold: Hold, @Info() info: GraphQLResolveInfo): Promise<number> {
    return (await this.#stateOf(hold, info)).held;
  }

  @FieldResolver(() => HoldStatus, {
    description: 'Whether it is open, or what closed it. It is current, also on a replay.',
  })
  async status(@Root() hold: Hold, @Info() info: GraphQLResolveInfo): Promise<HoldStatus> {
    const { held, newest } = await this.#stateOf(hold, info);
    return holdStatus(hold.points, held, newest);
  }

  async #stateOf(hold: Hold, info: GraphQLResolveInfo): Promise<HoldState> {
    const { accountId, sequence, state } = hold;
    return state ?? readAfterChange(info, this.holds.state(accountId, sequence));
  }
}
