import { Field, ObjectType } from 'type-graphql';
import type { ExceedsReversible } from '../../ledger/refusal';
import { Points } from '../scalars/points';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The points to reverse exceed what can still be reversed of the entry.',
})
export class ExceedsReversibleError extends UserError {
  @Field(() => Points, { description: 'The points that can still be reversed; 0 if none can.' })
  readonly reversible: number;

  constructor(refusal: ExceedsReversible, parent: readonly string[]) {
    super(refusal, parent);
    this.reversible = refusal.reversible;
  }
}
