import { Field, ObjectType } from 'type-graphql';
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

  constructor(
    readonly accountId: string,
    row: BeginningRow,
  ) {
    this.sequence = row.sequence;
    this.at = row.at;
    this.points = row.points;
  }
}
