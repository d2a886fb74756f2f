import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import { Access, ofNamedAccount } from '../access/rule';
import { Account } from '../account/account';
import {
  accountAfterDescription,
  errorsDescription,
  replayedDescription,
} from '../change-descriptions';
import { presentTransactionReversal } from '../entry/present-entry';
import { TransactionReversal } from '../entry/transaction-reversal';
import { presentRefusal } from '../user-error/present-refusal';
import { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of the reversal of a transaction.' })
export class ReverseTransactionPayload {
  @Field(() => TransactionReversal, {
    nullable: true,
    description: 'The reversal as accepted; null on a refusal.',
  })
  readonly transactionReversal!: TransactionReversal | null;

  @Access(ofNamedAccount)
  @Field(() => Account, { nullable: true, description: accountAfterDescription })
  readonly account!: Account | null;

  @Field(() => Boolean, { description: replayedDescription })
  readonly replayed!: boolean;

  @Field(() => [UserError], { description: errorsDescription })
  readonly errors!: readonly UserError[];
}

export function presentReversedTransaction(
  outcome: Outcome,
  account: Account | null,
): ReverseTransactionPayload {
  if (outcome.kind === 'refused') {
    const errors = [presentRefusal(outcome.refusal)];
    return { transactionReversal: null, account, replayed: false, errors };
  }
  const transactionReversal = presentTransactionReversal(outcome.entry);
  return { transactionReversal, account, replayed: outcome.kind === 'replayed', errors: [] };
}
