import { Field, ObjectType } from 'type-graphql';
import type { TransactionReversalEntry } from '../../ledger/reversal-entry';
import { Points } from '../scalars/points';
import { SpentPart } from '../transaction/spent-part';
import { Entry } from './entry';

@ObjectType({
  implements: Entry,
  simpleResolvers: true,
  description:
    'A grant that was taken back from its own lot, or a debit that was lifted, fully or in part.',
})
export class TransactionReversal extends Entry {
  @Field(() => Points, {
    description: 'The points reversed: a positive number, the sum of fromLot, debited and lifted.',
  })
  readonly points: number;

  @Field(() => Points, {
    nullable: true,
    description: 'The points as requested; null if everything that could be reversed was.',
  })
  readonly requested: number | null;

  @Field(() => SpentPart, {
    description: 'What was to happen with points of the grant that were spent. REFUSE for a debit.',
  })
  readonly spentPart: SpentPart;

  @Field(() => Points, {
    description: 'Of a grant: the points taken from its lot, pending or not. 0 for a debit.',
  })
  readonly fromLot: number;

  @Field(() => Points, {
    description:
      'Of a grant: the points that were spent, and became a debit of the payer. 0 for a debit.',
  })
  readonly debited: number;

  @Field(() => Points, {
    description: 'Of a debit: the points by which it was lifted. 0 for a grant.',
  })
  readonly lifted: number;

  /** The sequence of the transaction. */
  readonly target: number;

  constructor(entry: TransactionReversalEntry) {
    super(entry);
    this.points = entry.points;
    this.requested = entry.requested;
    this.spentPart = entry.spentPart;
    this.fromLot = entry.fromLot;
    this.debited = entry.debited;
    this.lifted = entry.lifted;
    this.target = entry.target;
  }
}
