import { Field, ObjectType } from 'type-graphql';
import type { TransactionEntry } from '../../ledger/entry';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';
import { Entry } from './entry';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description: 'Points of a payer that were earned, or taken back from that payer.',
})
export class Transaction extends Entry {
  @Field(() => String, { description: 'Who granted the points. Compared exactly.' })
  readonly payer: string;

  @Field(() => Points, {
    description: 'Positive points were earned; negative points were taken back from this payer.',
  })
  readonly points: number;

  @Field(() => DateTime, {
    description: 'When the points were earned: the oldest are spent first.',
  })
  readonly timestamp: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Of a grant: when the points begin, as given. Until then they are pending. Null if no such ' +
      'date was given.',
  })
  readonly availableFrom: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Of a grant: from this instant on, what is unspent of the points is gone. Null if they never ' +
      'expire.',
  })
  readonly expiresAt: number | null;

  constructor(entry: TransactionEntry) {
    super(entry);
    this.payer = entry.payer;
    this.points = entry.points;
    this.timestamp = entry.timestamp;
    this.availableFrom = entry.availableFrom ?? null;
    this.expiresAt = entry.expiresAt ?? null;
  }
}
