import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import { Access, ofNamedAccount } from '../access/rule';
import { Account } from '../account/account';
import {
  accountAfterDescription,
  errorsDescription,
  replayedDescription,
} from '../change-descriptions';
import { presentTransaction } from '../entry/present-entry';
import { Transaction } from '../entry/transaction';
import { presentRefusal } from '../user-error/present-refusal';
import { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of a transaction.' })
export class AddTransactionPayload {
  @Field(() => Transaction, {
    nullable: true,
    description: 'The transaction as accepted; null on a refusal.',
  })
  readonly transaction!: Transaction | null;

  @Access(ofNamedAccount)
  @Field(() => Account, {
    nullable: true,
    description: `${accountAfterDescription} In a bulk, after the whole call.`,
  })
  readonly account!: Account | null;

  @Field(() => Boolean, {
    description: `${replayedDescription} If two rows of a bulk have the same key, the later one is the replay.`,
  })
  readonly replayed!: boolean;

  @Field(() => [UserError], { description: errorsDescription })
  readonly errors!: readonly UserError[];
}

const noErrors: readonly UserError[] = [];

/** @param parent the path from the root of the input to the transaction. */
export function presentAdd(
  outcome: Outcome,
  account: Account | null,
  parent?: readonly string[],
): AddTransactionPayload {
  if (outcome.kind === 'refused') {
    const errors = [presentRefusal(outcome.refusal, parent)];
    return { transaction: null, account, replayed: false, errors };
  }
  const transaction = presentTransaction(outcome.entry);
  return { transaction, account, replayed: outcome.kind === 'replayed', errors: noErrors };
}
