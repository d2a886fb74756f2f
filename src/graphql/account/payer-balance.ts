import { Field, ObjectType } from 'type-graphql';
import { Points } from '../scalars/points';

@ObjectType({ simpleResolvers: true, description: 'What one payer has in an account.' })
export class PayerBalance {
  @Field(() => String, { description: 'Who granted the points.' })
  readonly payer!: string;

  @Field(() => Points, {
    description: 'Earned, less what was taken back and spent; never below 0.',
  })
  readonly points!: number;

  @Field(() => Points, {
    description: 'Points of this payer that begin later. They are not in points.',
  })
  readonly pending!: number;

  @Field(() => Points, {
    description: 'Points of this payer that open holds have. They are not in points.',
  })
  readonly held!: number;

  @Field(() => Points, {
    description:
      'Unspent points of this payer that debits cover. They are not in points, and come back to ' +
      'them when a debit is lifted: reverseTransaction lifts no more of any debit.',
  })
  readonly debited!: number;
}
