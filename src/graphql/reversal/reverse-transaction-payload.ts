import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import type { Account } from '../account/account';
import {
  AccountField,
  ErrorsField,
  presentAccepted,
  presentChange,
  ReplayedField,
} from '../change-payload';
import { presentTransactionReversal } from '../entry/present-entry';
import { TransactionReversal } from '../entry/transaction-reversal';
import type { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of the reversal of a transaction.' })
export class ReverseTransactionPayload {
  @Field(() => TransactionReversal, {
    nullable: true,
    description: 'The reversal as accepted; null on a refusal.',
  })
  readonly transactionReversal!: TransactionReversal | null;

  @AccountField()
  readonly account!: Account | null;

  @ReplayedField()
  readonly replayed!: boolean;

  @ErrorsField()
  readonly errors!: readonly UserError[];
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
