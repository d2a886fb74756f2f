import { Field, ObjectType } from 'type-graphql';
import { AddTransactionPayload } from './add-transaction-payload';

@ObjectType({ simpleResolvers: true, description: 'The results of the transactions of a bulk.' })
export class AddTransactionsPayload {
  @Field(() => [AddTransactionPayload], {
    description: 'One for each row, in the order of the rows.',
  })
  readonly results!: readonly AddTransactionPayload[];
}
