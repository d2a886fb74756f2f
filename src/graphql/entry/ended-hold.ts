import type { GraphQLResolveInfo } from 'graphql';
import { Field, Info, Int, ObjectType } from 'type-graphql';
import type { EndRow } from '../../ledger/lapse-entry';
import { Budget } from '../budget';
import type { ResponseBudget } from '../response-budget';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';
import { Allocation } from './allocation';
import { presentAllocations } from './present-allocations';

@ObjectType({
  simpleResolvers: true,
  description: 'A hold whose end came: what it still held was given back to its lots.',
})
export class EndedHold {
  /** The sequence of the hold. */
  readonly target: number;

  @Field(() => DateTime, {
    description: 'When it ended, whenever this was recorded: expiresAt of the hold.',
  })
  readonly at: number;

  @Field(() => Int, {
    description:
      'Its place among all rows of the entry, in the order in which they lapsed, from 0.',
  })
  readonly position: number;

  @Field(() => Points, { description: 'The points given back: a positive number.' })
  readonly points: number;

  readonly #row: EndRow;

  constructor(
    readonly accountId: string,
    row: EndRow,
    position: number,
  ) {
    this.#row = row;
    this.target = row.hold;
    this.at = row.at;
    this.points = row.points;
    this.position = position;
  }

  @Field(() => [Allocation], {
    description: 'Which lots got points back, in the order in which the hold took them.',
  })
  allocations(@Budget() budget: ResponseBudget, @Info() info: GraphQLResolveInfo): Allocation[] {
    const { accountId } = this;
    return presentAllocations({ accountId, allocations: this.#row.allocations }, budget, info);
  }
}
