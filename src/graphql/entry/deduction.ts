import { Field, ObjectType } from 'type-graphql';
import { Points } from '../scalars/points';

@ObjectType({ simpleResolvers: true, description: 'What one payer pays of a spend.' })
export class Deduction {
  @Field(() => String, { description: 'Whose points are spent.' })
  readonly payer!: string;

  @Field(() => Points, { description: 'Negative.' })
  readonly points!: number;
}
