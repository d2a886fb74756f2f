import { Field, ObjectType } from 'type-graphql';
import type { ExpiryKey, Expiry as LedgerExpiry } from '../../ledger/expiry-walk';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';

@ObjectType({
  simpleResolvers: true,
  description: 'Points of one transaction that will expire if nobody spends them before.',
})
export class Expiry {
  readonly key: ExpiryKey;

  @Field(() => DateTime, {
    description: 'From this instant on, they are gone: expiresAt of the transaction.',
  })
  readonly at: number;

  @Field(() => Points, {
    description: 'Greater than zero. What debits cover now is not included.',
  })
  readonly points: number;

  constructor(
    readonly accountId: string,
    expiry: LedgerExpiry,
  ) {
    const { at, timestamp, sequence } = expiry;
    this.key = { at, timestamp, sequence };
    this.at = at;
    this.points = expiry.points;
  }
}
