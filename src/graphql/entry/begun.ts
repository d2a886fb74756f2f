import { Field, Int, ObjectType } from 'type-graphql';
import type { BeginningRow } from '../../ledger/lapse-entry';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';

@ObjectType({
  simpleResolvers: true,
  description: 'Pending points of one transaction that began: they can be spent from then on.',
})
export class Begun {
  readonly sequence: number;

  @Field(() => DateTime, {
    description: 'When they began, whenever this was recorded: availableFrom of the transaction.',
  })
  readonly at: number;

  @Field(() => Points, {
    description: 'The points that began: those granted, less what was reversed before.',
  })
  readonly points: number;

  @Field(() => Int, {
    description:
      'Its place among all rows of the entry, in the order in which they lapsed, from 0.',
  })
  readonly position: number;

  constructor(
    readonly accountId: string,
    row: BeginningRow,
    position: number,
  ) {
    this.position = position;
    this.sequence = row.sequence;
    this.at = row.at;
    this.points = row.points;
  }
}
