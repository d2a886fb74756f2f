import { Field, ObjectType } from 'type-graphql';
import type { InsufficientPoints } from '../../ledger/refusal';
import { Points } from '../scalars/points';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The spend exceeds the points that the account can spend.',
})
export class InsufficientPointsError extends UserError {
  @Field(() => Points, { description: 'The points of the refused spend.' })
  readonly requested: number;

  @Field(() => Points, { description: 'The points that the account can spend now.' })
  readonly available: number;

  constructor(refusal: InsufficientPoints, parent: readonly string[]) {
    super(refusal, parent);
    this.requested = refusal.requested;
    this.available = refusal.available;
  }
}
