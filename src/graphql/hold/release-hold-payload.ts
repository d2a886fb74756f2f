import { Field } from 'type-graphql';
import type { Outcome } from '../../service/ledger-service';
import type { Account } from '../account/account';
import { Change, ChangePayload, presentAccepted, presentChange } from '../change-payload';
import { presentRelease } from '../entry/present-entry';
import { Release } from '../entry/release';

@ChangePayload('The result of the release of a hold.')
export class ReleaseHoldPayload extends Change {
  @Field(() => Release, {
    nullable: true,
    description: 'The release as accepted; null on a refusal.',
  })
  readonly release!: Release | null;
}

export function presentReleasing(outcome: Outcome, account: Account | null): ReleaseHoldPayload {
  return { release: presentAccepted(outcome, presentRelease), ...presentChange(outcome, account) };
}
