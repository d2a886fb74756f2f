import { Field } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import type { Account } from '../account/account';
import { Change, ChangePayload, presentAccepted, presentChange } from '../change-payload';
import { presentSpend } from '../entry/present-entry';
import { Spend } from '../entry/spend';

@ChangePayload('The result of the capture of a hold.')
export class CaptureHoldPayload extends Change {
  @Field(() => Spend, {
    nullable: true,
    description: 'The spend as accepted; null on a refusal.',
  })
  readonly spend!: Spend | null;
}

export function presentCapture(outcome: Outcome, account: Account | null): CaptureHoldPayload {
  return { spend: presentAccepted(outcome, presentSpend), ...presentChange(outcome, account) };
}
