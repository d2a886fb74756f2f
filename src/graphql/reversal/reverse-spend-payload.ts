import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import { Access, ofNamedAccount } from '../access/rule';
import { Account } from '../account/account';
import {
  accountAfterDescription,
  errorsDescription,
  replayedDescription,
} from '../change-descriptions';
import { presentSpendReversal } from '../entry/present-entry';
import { SpendReversal } from '../entry/spend-reversal';
import { presentRefusal } from '../user-error/present-refusal';
import { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of the reversal of a spend.' })
export class ReverseSpendPayload {
  @Field(() => SpendReversal, {
    nullable: true,
    description: 'The reversal as accepted; null on a refusal.',
  })
  readonly spendReversal!: SpendReversal | null;

  @Access(ofNamedAccount)
  @Field(() => Account, { nullable: true, description: accountAfterDescription })
  readonly account!: Account | null;

  @Field(() => Boolean, { description: replayedDescription })
  readonly replayed!: boolean;

  @Field(() => [UserError], { description: errorsDescription })
  readonly errors!: readonly UserError[];
}

export function presentReversedSpend(
  outcome: Outcome,
  account: Account | null,
): ReverseSpendPayload {
  if (outcome.kind === 'refused') {
    const errors = [presentRefusal(outcome.refusal)];
    return { spendReversal: null, account, replayed: false, errors };
  }
  const spendReversal = presentSpendReversal(outcome.entry);
  return { spendReversal, account, replayed: outcome.kind === 'replayed', errors: [] };
}
