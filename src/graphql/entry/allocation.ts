import { Field, ObjectType } from 'type-graphql';
import type { Allocation as LedgerAllocation } from '../../ledger/entry';
import { Points } from '../scalars/points';

@ObjectType({
  simpleResolvers: true,
  description: 'The part of a spend that the points of one transaction pay.',
})
export class Allocation {
  readonly sequence: number;

  @Field(() => Points, {
    description: "Positive; all of a spend's allocations sum to its points.",
  })
  readonly points: number;

  constructor(
    readonly accountId: string,
    allocation: LedgerAllocation,
  ) {
    this.sequence = allocation.sequence;
    this.points = allocation.points;
  }
}
