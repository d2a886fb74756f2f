import { Field, ObjectType } from 'type-graphql';
import type { ExceedsHeld } from '../../ledger/refusal';
import { Points } from '../scalars/points';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The points to capture exceed what the hold still holds.',
})
export class ExceedsHeldError extends UserError {
  @Field(() => Points, { description: 'The points that the hold still holds.' })
  readonly held: number;

  constructor(refusal: ExceedsHeld, parent: readonly string[]) {
    super(refusal, parent);
    this.held = refusal.held;
  }
}
