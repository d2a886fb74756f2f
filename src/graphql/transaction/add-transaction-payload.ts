import { Field } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import type { Account } from '../account/account';
import { Change, ChangePayload, presentAccepted, presentChange } from '../change-payload';
import { presentTransaction } from '../entry/present-entry';
import { Transaction } from '../entry/transaction';

@ChangePayload('The result of a transaction.', {
  account: ' In a bulk, after the whole call.',
  replayed: ' If two rows of a bulk have the same key, the later one is the replay.',
})
export class AddTransactionPayload extends Change {
  @Field(() => Transaction, {
    nullable: true,
    description: 'The transaction as accepted; null on a refusal.',
  })
  readonly transaction!: Transaction | null;
}

/** @param parent the path from the root of the input to the transaction. */
export function presentAdd(
  outcome: Outcome,
  account: Account | null,
  parent?: readonly string[],
): AddTransactionPayload {
  return {
    transaction: presentAccepted(outcome, presentTransaction),
    ...presentChange(outcome, account, parent),
  };
}
