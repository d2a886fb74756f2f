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
import { presentSpendReversal } from '../entry/present-entry';
import { SpendReversal } from '../entry/spend-reversal';
import type { UserError } from '../user-error/user-error';

@ObjectType({ simpleResolvers: true, description: 'The result of the reversal of a spend.' })
export class ReverseSpendPayload {
  @Field(() => SpendReversal, {
    nullable: true,
    description: 'The reversal as accepted; null on a refusal.',
  })
  readonly spendReversal!: SpendReversal | null;

  @AccountField()
  readonly account!: Account | null;

  @ReplayedField()
  readonly replayed!: boolean;

  @ErrorsField()
  readonly errors!: readonly UserError[];
}

export function presentReversedSpend(
  outcome: Outcome,
  account: Account | null,
): ReverseSpendPayload {
  return {
    spendReversal: presentAccepted(outcome, presentSpendReversal),
    ...presentChange(outcome, account),
  };
}
