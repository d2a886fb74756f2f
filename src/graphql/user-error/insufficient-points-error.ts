import { Field, ObjectType } from 'type-graphql';
import type { InsufficientPoints } from '../../ledger/refusal';
import { Points } from '../scalars/points';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'More points were asked for than the account can spend.',
})
export class InsufficientPointsError extends UserError {
  @Field(() => Points, { description: 'What was asked.' })
  readonly requested: number;

  @Field(() => Points, { description: 'What the account can spend now.' })
  readonly available: number;

  constructor(refusal: InsufficientPoints, parent: readonly string[]) {
    super(refusal, parent);
    this.requested = refusal.requested;
    this.available = refusal.available;
  }
}
