import { Field, ObjectType } from 'type-graphql';
import type { LotIsSpent } from '../../ledger/refusal';
import { Points } from '../scalars/points';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description:
    'Some of the points to take back from a grant are spent, and spentPart does not say DEBIT.',
})
export class LotIsSpentError extends UserError {
  @Field(() => Points, {
    description:
      'The points of the grant that are unspent, pending or not: the most that REFUSE takes back.',
  })
  readonly unspent: number;

  constructor(refusal: LotIsSpent, parent: readonly string[]) {
    super(refusal, parent);
    this.unspent = refusal.unspent;
  }
}
