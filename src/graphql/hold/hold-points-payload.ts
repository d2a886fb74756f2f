import { Field } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import type { Account } from '../account/account';
import { Change, ChangePayload, presentAccepted, presentChange } from '../change-payload';
import { Hold } from '../entry/hold';
import { presentHold } from '../entry/present-entry';

@ChangePayload('The result of a hold.')
export class HoldPointsPayload extends Change {
  @Field(() => Hold, {
    nullable: true,
    description: 'The hold as accepted; null on a refusal.',
  })
  readonly hold!: Hold | null;
}

export function presentHolding(outcome: Outcome, account: Account | null): HoldPointsPayload {
  return { hold: presentAccepted(outcome, presentHold), ...presentChange(outcome, account) };
}
