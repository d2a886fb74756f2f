import { Field, ObjectType } from 'type-graphql';
import type { PayerWouldGoNegative } from '../../ledger/refusal';
import { Points } from '../scalars/points';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: "The points to take back from a payer exceed the payer's balance.",
})
export class PayerWouldGoNegativeError extends UserError {
  @Field(() => String, { description: 'The payer whose balance is too small.' })
  readonly payer: string;

  @Field(() => Points, { description: "The payer's balance now: the most that can be taken back." })
  readonly available: number;

  constructor(refusal: PayerWouldGoNegative, parent: readonly string[]) {
    super(refusal, parent);
    this.payer = refusal.payer;
    this.available = refusal.available;
  }
}
