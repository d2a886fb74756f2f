import { Field, Int, ObjectType } from 'type-graphql';
import type { ExpiryRow } from '../../ledger/lapse-entry';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';

@ObjectType({
  simpleResolvers: true,
  description:
    'The expiry of the unspent points of one lot. They are gone for good: nothing takes them back ' +
    'or revives them.',
})
export class LotLapse {
  readonly sequence: number;

  @Field(() => DateTime, {
    description:
      'When the points expired, whenever this was recorded: expiresAt of the transaction, or later ' +
      'if they came back to the lot after it.',
  })
  readonly at: number;

  @Field(() => Points, {
    description: 'The points that no debit covered: the balance of the payer fell by them.',
  })
  readonly expired: number;

  @Field(() => Points, {
    description:
      'The points that a debit covered. As much of the debits is settled for good, so the balance ' +
      'did not change by them.',
  })
  readonly settled: number;

  @Field(() => Int, {
    description:
      'Its place among all rows of the entry, in the order in which they lapsed, from 0.',
  })
  readonly position: number;

  constructor(
    readonly accountId: string,
    row: ExpiryRow,
    position: number,
  ) {
    this.position = position;
    this.sequence = row.sequence;
    this.at = row.at;
    this.expired = row.expired;
    this.settled = row.settled;
  }
}
