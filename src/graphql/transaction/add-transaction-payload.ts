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
import { presentTransaction } from '../entry/present-entry';
import { Transaction } from '../entry/transaction';
import type { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of a transaction.' })
export class AddTransactionPayload {
  @Field(() => Transaction, {
    nullable: true,
    description: 'The transaction as accepted; null on a refusal.',
  })
  readonly transaction!: Transaction | null;

  @AccountField(' In a bulk, after the whole call.')
  readonly account!: Account | null;

  @ReplayedField(' If two rows of a bulk have the same key, the later one is the replay.')
  readonly replayed!: boolean;

  @ErrorsField()
  readonly errors!: readonly UserError[];
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
