import { Field } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import type { Account } from '../account/account';
import { Change, ChangePayload, presentAccepted, presentChange } from '../change-payload';
import { presentSpendReversal } from '../entry/present-entry';
import { SpendReversal } from '../entry/spend-reversal';

@ChangePayload('The result of the reversal of a spend.')
export class ReverseSpendPayload extends Change {
  @Field(() => SpendReversal, {
    nullable: true,
    description: 'The reversal as accepted; null on a refusal.',
  })
  readonly spendReversal!: SpendReversal | null;
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
