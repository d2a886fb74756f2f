import { Field, InputType } from 'type-graphql';
import { AddTransactionInput } from './add-transaction-input';

@InputType({ description: 'Transactions to add in one call, over any accounts.' })
export class AddTransactionsInput {
  @Field(() => [AddTransactionInput], {
    description: 'At most 1,000 rows, in the order in which they are to be judged.',
  })
  readonly transactions!: readonly AddTransactionInput[];
}
