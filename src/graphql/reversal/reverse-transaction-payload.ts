import { Field } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import type { Account } from '../account/account';
import { Change, ChangePayload, presentAccepted, presentChange } from '../change-payload';
import { presentTransactionReversal } from '../entry/present-entry';
import { TransactionReversal } from '../entry/transaction-reversal';

@ChangePayload('The result of the reversal of a transaction.')
export class ReverseTransactionPayload extends Change {
  @Field(() => TransactionReversal, {
    nullable: true,
    description: 'The reversal as accepted; null on a refusal.',
  })
  readonly transactionReversal!: TransactionReversal | null;
}

export function presentReversedTransaction(
  outcome: Outcome,
  account: Account | null,
): ReverseTransactionPayload {
  return {
    transactionReversal: presentAccepted(outcome, presentTransactionReversal),
    ...presentChange(outcome, account),
  };
}
