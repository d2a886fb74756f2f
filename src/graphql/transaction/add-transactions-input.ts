import { Field, InputType } from 'type-graphql';
import { AddTransactionInput } from './add-transaction-input';

@InputType({ description: 'Transactions to add in one call, to any accounts.' })
export class AddTransactionsInput {
  @Field(() => [AddTransactionInput], {
    description: 'At most 1,000 rows, decided in this order.',
  })
  readonly transactions!: readonly AddTransactionInput[];
}
